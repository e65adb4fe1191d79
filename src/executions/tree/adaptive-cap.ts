const least = 8;
const most = 64;
/** The calls that are to be in the server on average. One more comes and goes by chance. */
const wantedInside = 7;
/** The time that FlyteAdmin was measured to need for a call while it has eight of them, in milliseconds. */
const usualServerMs = 3.5;
/** The change of the bound by one answer, up or down. */
const step = 1 / 8;
/** How far an answer moves the middle of the latencies, as a part of it. */
const drift = 1 / 32;
/** Clocks of browsers may not tell a short time from none. */
const shortestMs = 0.1;

/** A call that was answered. */
export interface AnsweredCall {
  readonly latencyMs: number;
  /** How many calls were under way, this one included. */
  readonly inFlight: number;
}

/**
 * How many calls may be under way at once, so that no more than eight of them are in the server and
 * the others on the wire.
 *
 * FlyteAdmin keeps 10 idle connections to its database, which all its users share, and slows down
 * when more requests are inside it. Of the time that calls take, the server has what they take
 * beyond the fastest, and of the fastest as much as it usually takes. So the bound is 8 where the
 * server is near, and opens on a long way. It opens by a call for eight that are answered, since
 * calls that are sent together arrive together; where fewer are made than may be, it is never more
 * than 8 beyond them.
 */
export class AdaptiveCap {
  #cap = least;
  #fastestMs = Infinity;
  #middleMs = 0;

  /** The calls that may be under way. */
  get cap(): number {
    return Math.floor(this.#cap);
  }

  /** Learns from a call that was answered. */
  learn({ latencyMs, inFlight }: AnsweredCall): void {
    if (latencyMs < this.#fastestMs) {
      // What came before took longer for reasons of its own, such as a connection that was opened.
      this.#fastestMs = latencyMs;
      this.#middleMs = Math.max(shortestMs, latencyMs);
    } else {
      // Half of the answers take longer: a few that a busy client takes late do not count for more.
      const moved = this.#middleMs * (latencyMs > this.#middleMs ? 1 + drift : 1 - drift);
      this.#middleMs = Math.max(this.#fastestMs, moved);
    }
    const target = Math.min(most, this.#target());
    if (target < this.#cap) this.#cap -= step;
    else if (inFlight >= this.cap) this.#cap = Math.min(target, this.#cap + step);
    this.#cap = Math.max(least, Math.min(this.#cap, inFlight - 1 + least));
  }

  #target(): number {
    const serverMs = this.#middleMs - this.#fastestMs + Math.min(this.#fastestMs, usualServerMs);
    return serverMs > 0 ? (wantedInside * this.#middleMs) / serverMs : least;
  }
}
