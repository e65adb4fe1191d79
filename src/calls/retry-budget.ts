import { type LinkedSignal, linkSignals, onAbort } from "../internal/cancellation/index.js";

/** The part of a retry that a success returns to the budget. */
const refill = 0.2;

/**
 * The retries that all calls of a client may make together. A retry takes one, an answered call
 * restores a fifth: a server that is down gets a fixed number of retries and then single
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

/**
 * The calls of a client that wait for a server that is away. One of them at a time, the leader, is
 * sent to see whether the server is back, after waits that grow from probe to probe; the others wait
 * for its answer. However many calls fail together, the server gets one probe at a time.
 */
export class Outage {
  #hasAnswered = false;
  #probes = 0;
  #waitedMs = 0;
  #isLed = false;
  #leader: LinkedSignal | undefined;
  readonly #followers = new Set<(turn: "lead" | "back") => void>();

  /** Whether the server has ever answered: an address that never did is more likely a wrong one. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** All waits before probes, in milliseconds, over the life of the client. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  /** Records that the server has answered. All who wait are sent. */
  end(): void {
    this.#hasAnswered = true;
    this.#probes = 0;
    this.#leader?.abort();
    for (const turn of [...this.#followers]) turn("back");
  }

  /**
   * Waits until the call may be sent again.
   *
   * @param lead - returns the wait before a probe, given its number from 1; throws when the call gives up
   */
  async wait(
    signal: AbortSignal,
    lead: (probe: number) => number,
    delay: (ms: number, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (this.#isLed) {
      if ((await this.#follow(signal)) === "back") return;
    }
    this.#isLed = true;
    const linked = linkSignals([signal]);
    try {
      const ms = lead(this.#probes + 1);
      this.#waitedMs += ms;
      this.#probes += 1;
      this.#leader = linked;
      await delay(ms, linked.signal);
    } catch (error) {
      // Woken up: the server has answered another call.
      if (!linked.signal.aborted) throw error;
    } finally {
      linked.release();
      this.#leader = undefined;
      this.#passOn();
    }
  }

  /** Waits for the lead, or for the server; ends with "back" when the signal aborts. */
  #follow(signal: AbortSignal): Promise<"lead" | "back"> {
    return new Promise((resolve) => {
      const turn = (kind: "lead" | "back"): void => {
        release();
        this.#followers.delete(turn);
        resolve(kind);
      };
      this.#followers.add(turn);
      const release = onAbort([signal], () => {
        this.#followers.delete(turn);
        resolve("back");
      });
    });
  }

  #passOn(): void {
    this.#isLed = false;
    const [next] = this.#followers;
    if (next === undefined) return;
    this.#isLed = true;
    next("lead");
  }
}
