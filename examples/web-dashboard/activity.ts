/** The work in flight of the page, so that one button can stop all of it. */
export class Activity {
  readonly #running = new Set<AbortController>();
  readonly #onChange: (isBusy: boolean) => void;

  constructor(onChange: (isBusy: boolean) => void) {
    this.#onChange = onChange;
  }

  /** A place in which one thing runs at a time. */
  slot(): Slot {
    return new Slot({
      began: (controller) => {
        this.#running.add(controller);
        this.#onChange(true);
      },
      ended: (controller) => {
        this.#running.delete(controller);
        this.#onChange(this.#running.size > 0);
      },
    });
  }

  stop(): void {
    for (const controller of this.#running) controller.abort();
  }
}

interface SlotEvents {
  began(controller: AbortController): void;
  ended(controller: AbortController): void;
}

/** Runs one thing at a time: what runs is ended before the next one starts. */
export class Slot {
  readonly #events: SlotEvents;
  #current: AbortController | undefined;

  constructor(events: SlotEvents) {
    this.#events = events;
  }

  /** @param onError hears of a failure, and of a stop; not of being replaced */
  start(work: (signal: AbortSignal) => Promise<void>, onError: (error: unknown) => void): void {
    this.clear();
    const controller = new AbortController();
    this.#current = controller;
    this.#events.began(controller);
    work(controller.signal)
      .catch((error: unknown) => {
        if (this.#current === controller) onError(error);
      })
      .finally(() => {
        this.#events.ended(controller);
      });
  }

  /** Ends what runs without a word. */
  clear(): void {
    const before = this.#current;
    this.#current = undefined;
    before?.abort();
  }
}

/** Waits, also while the page is hidden; the signal ends it early. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  signal.throwIfAborted();
  if (document.visibilityState === "visible") return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      resolve();
    };
    document.addEventListener("visibilitychange", done, { once: true, signal });
    signal.addEventListener("abort", done);
  });
  signal.throwIfAborted();
}
