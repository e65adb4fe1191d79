const least = 8;
const most = 64;
/** Calls that wait for each other in the server, below which more may fly, and above which fewer. */
const fewQueued = 3;
const manyQueued = 6;

/**
 * How many calls may be under way at once. It starts at 8 and follows the latency: calls that take
 * longer than the fastest one wait in the server, and only where next to none do, more are sent.
 *
 * FlyteAdmin keeps 10 idle connections to its database, which all its users share, and slows down
 * when more requests are inside it. On a long way most calls are on the wire, so more may fly.
 */
export class AdaptiveCap {
  #cap = least;
  #fastestMs = Infinity;
  #totalMs = 0;
  #calls = 0;
  #wasFull = false;
  #isDoubling = true;

  /** The calls that may be under way. */
  get cap(): number {
    return this.#cap;
  }

  /**
   * Learns from a call that was answered.
   *
   * @param isFull - whether as many calls were under way as may be
   */
  learn(latencyMs: number, isFull: boolean): void {
    this.#fastestMs = Math.min(this.#fastestMs, latencyMs);
    this.#totalMs += latencyMs;
    this.#calls += 1;
    this.#wasFull ||= isFull;
    if (this.#calls >= this.#cap) this.#endRound();
  }

  #endRound(): void {
    const averageMs = this.#totalMs / this.#calls;
    const queued = averageMs === 0 ? 0 : this.#cap * (1 - this.#fastestMs / averageMs);
    if (queued > manyQueued) {
      this.#isDoubling = false;
      this.#cap = Math.max(least, Math.floor(this.#cap * 0.75));
    } else if (queued <= fewQueued && this.#wasFull) {
      this.#cap = Math.min(most, this.#isDoubling ? this.#cap * 2 : this.#cap + 2);
    }
    this.#totalMs = 0;
    this.#calls = 0;
    this.#wasFull = false;
  }
}
