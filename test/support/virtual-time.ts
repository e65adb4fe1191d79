interface Timer {
  readonly at: number;
  readonly end: () => void;
}

/** A time in milliseconds that passes only while something waits for it. */
export class VirtualTime {
  #now = 0;
  readonly #timers: Timer[] = [];

  readonly now = (): number => this.#now;

  /** Waits for a time, or for nothing when it is over. */
  until(at: number): Promise<void> {
    return new Promise((end) => {
      this.#timers.push({ at, end });
    });
  }

  /** Continues, timer by timer, until the work is done, and returns the time. */
  async run(work: Promise<unknown>): Promise<number> {
    const state = { isDone: false };
    const end = (): void => {
      state.isDone = true;
    };
    work.then(end, end);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (state.isDone) return this.#now;
      this.#timers.sort((a, b) => a.at - b.at);
      const next = this.#timers.shift();
      if (next === undefined) throw new Error("the work waits for something else than time");
      this.#now = Math.max(this.#now, next.at);
      next.end();
    }
  }
}
