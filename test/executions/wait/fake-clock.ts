import type { WaitingClock } from "../../../src/internal/cancellation/clock.js";

interface Timer {
  readonly at: number;
  readonly end: () => void;
}

/** A clock that is stopped until it is asked to continue. */
export class FakeClock implements WaitingClock {
  /** Called with the time whenever it has moved. */
  onTick: (now: number) => unknown = () => undefined;
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = {
      at: this.#now + ms,
      end: () => {
        if (this.#timers.delete(timer)) callback();
      },
    };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Continues, timer by timer, until something has come about. */
  async runUntil(promise: Promise<unknown>, endMs = Infinity): Promise<void> {
    const state = { isSettled: false };
    const settle = (): void => {
      state.isSettled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      // Answers of an in-process server take a few turns of the event loop.
      for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (state.isSettled) return;
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > endMs) return;
      this.#now = Math.max(this.#now, next.at);
      await this.onTick(this.#now);
      next.end();
    }
  }

  /** How many wait for the clock. */
  get timers(): number {
    return this.#timers.size;
  }
}
