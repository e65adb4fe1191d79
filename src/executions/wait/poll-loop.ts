import { sleep, type WaitingClock } from "../../internal/cancellation/index.js";
import { waitWhileHidden } from "./hidden-page.js";

/** What a {@link PollLoop} polls. */
export interface PollWork {
  /** The time of the clock at which the next poll is due. */
  dueAt(): number;
  /** Whether somebody waits for a first answer, which comes even where nobody sees the page. */
  hasNew(): boolean;
  /** Polls. It does not reject. */
  poll(signal: AbortSignal): Promise<void>;
}

/** Polls for as long as somebody waits. */
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
