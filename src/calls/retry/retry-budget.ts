/** What a success gives back of the retry that it did not need. */
const refill = 0.2;

/**
 * How many retries all calls of a client may make together. A retry takes one, an answered call
 * gives a fifth back: a server that is down gets a fixed number of retries and then single
 * attempts only, and a server that is well gets as many as it takes.
 */
export class RetryBudget {
  readonly #size: number;
  #left: number;

  /** @param size The retries in hand at first, and at most. */
  constructor(size: number) {
    this.#size = size;
    this.#left = size;
  }

  /** The retries in hand at most. */
  get size(): number {
    return this.#size;
  }

  /** Takes a retry; `false` when none is left. */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Counts an answered call. */
  give(): void {
    this.#left = Math.min(this.#size, this.#left + refill);
  }
}
