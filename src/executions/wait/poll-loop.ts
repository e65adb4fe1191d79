import { onAbort, sleep, type WaitingClock } from "../../internal/cancellation/index.js";
import { addJitter } from "./poll-schedule.js";

/** The polls of a {@link PollLoop}, and when they are due. */
export interface PollWork {
  /** The time of the clock at which the next poll is due. */
  dueAt(): number;
  /** Whether a caller waits for a first answer, which comes even where nobody sees the page. */
  hasNew(): boolean;
  /** Polls. It does not reject. */
  poll(signal: AbortSignal): Promise<void>;
}

/** Polls from the first {@link PollLoop.wake} until {@link PollLoop.stop}. */
export class PollLoop {
  readonly #clock: WaitingClock;
  readonly #work: PollWork;
  #controller: AbortController | undefined;
  #wakeUp = new AbortController();

  constructor(clock: WaitingClock, work: PollWork) {
    this.#clock = clock;
    this.#work = work;
  }

  /** Begins to poll, or looks again when the next poll is due. */
  wake(): void {
    this.#wakeUp.abort();
    if (this.#controller !== undefined) return;
    this.#controller = new AbortController();
    void this.#run(this.#controller.signal);
  }

  /** Ends the polling, and cancels a poll in flight. */
  stop(): void {
    this.#controller?.abort();
    this.#controller = undefined;
    this.#wakeUp.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    // A loop's condition would make the compiler take the signal for open at every step after it.
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      const wakeUp = new AbortController();
      this.#wakeUp = wakeUp;
      // Even when a poll is due: those who come in the same moment share the calls.
      await this.#sleep(wakeUp.signal).catch(() => undefined);
      if (isOver()) return;
      if (!wakeUp.signal.aborted) await this.#work.poll(signal);
    }
  }

  async #sleep(signal: AbortSignal): Promise<void> {
    await sleep(Math.max(0, this.#work.dueAt() - this.#clock.now()), signal, this.#clock);
    if (!this.#work.hasNew()) await waitWhileHidden(signal, this.#clock);
  }
}

const hiddenPollMs = 30_000;
/** Hidden pages often belong together, as tabs that were opened at once. */
const hiddenJitter = 0.2;

/** The document of a page, as far as it says whether somebody sees it. */
interface VisibleDocument extends EventTarget {
  readonly visibilityState: string;
}

/** Where there is no page, nothing is hidden. */
function pageDocument(): VisibleDocument | undefined {
  // Read at each call: workers and Node have none, and the types say that all have one.
  const { document } = globalThis as { readonly document?: VisibleDocument };
  return document;
}

/**
 * Waits while nobody sees the page, for half a minute, and up to a fifth more or less: a page in a
 * hundred tabs polls little. It ends as soon as the page is seen, and at once where it is, or where
 * there is no page.
 *
 * @returns rejects with the signal's reason when that aborts first
 */
export async function waitWhileHidden(signal: AbortSignal, clock: WaitingClock): Promise<void> {
  const page = pageDocument();
  if (page?.visibilityState !== "hidden") return;
  const seen = new AbortController();
  const release = onAbort([signal], ({ reason }) => {
    seen.abort(reason);
  });
  const look = (): void => {
    if (page.visibilityState !== "hidden") seen.abort();
  };
  page.addEventListener("visibilitychange", look);
  try {
    const maxMs = addJitter(hiddenPollMs, clock.random(), hiddenJitter);
    await sleep(maxMs, seen.signal, clock).catch(() => undefined);
  } finally {
    page.removeEventListener("visibilitychange", look);
    release();
  }
  signal.throwIfAborted();
}
