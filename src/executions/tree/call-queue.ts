import { CancellationGroup } from "../../internal/cancellation/index.js";
import { CanceledError, FlyteError } from "../../errors/index.js";
import { AdaptiveCap, type AnsweredCall } from "./adaptive-cap.js";
import { type Place, PlaceHeap } from "./place-heap.js";

/** How many rows may have come and not been read, beyond which calls wait for the reader. */
const maxHeldRows = 5000;

interface WaitingCall {
  readonly place: Place;
  start(): void;
  drop(error: FlyteError): void;
}

/**
 * Runs calls, so many at a time, those first whose rows are read first. A reader that does not keep
 * up stops it.
 */
export class CallQueue {
  readonly #calls = new CancellationGroup();
  readonly #cap: { readonly cap: number; learn(call: AnsweredCall): void };
  readonly #now: () => number;
  readonly #waiting = new PlaceHeap<WaitingCall>();
  #inFlight = 0;
  #held = 0;
  #readers = 0;

  /** @param now - a clock in milliseconds, from any beginning */
  constructor(concurrency: number | "auto", now: () => number = () => performance.now()) {
    this.#now = now;
    this.#cap =
      concurrency === "auto" ? new AdaptiveCap() : { cap: concurrency, learn: () => undefined };
  }

  /** Runs a call when its turn comes. */
  run<R>(place: Place, call: (signal: AbortSignal) => Promise<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (this.#calls.isEnded) {
        reject(this.#canceled());
        return;
      }
      const start = (): void => {
        void this.#time(() => this.#calls.run(call)).then(resolve, reject);
      };
      this.#waiting.push({ place, start, drop: reject });
      this.#pump();
    });
  }

  /** Says that rows have come. */
  hold(rows: number): void {
    this.#held += rows;
  }

  /** Says that a row was read. */
  release(): void {
    this.#held -= 1;
  }

  /** Reads something; while it is waited for, calls continue whatever is held. */
  async read<R>(next: () => Promise<R>): Promise<R> {
    this.#readers += 1;
    this.#pump();
    try {
      return await next();
    } finally {
      this.#readers -= 1;
    }
  }

  /** Stops the calls in flight, and drops those that wait. */
  stop(reason?: FlyteError): void {
    if (this.#calls.isEnded) return;
    this.#calls.end(reason);
    for (let call = this.#waiting.pop(); call !== undefined; call = this.#waiting.pop()) {
      call.drop(this.#canceled());
    }
  }

  #pump(): void {
    while (!this.#calls.isEnded && this.#hasRoom()) {
      const next = this.#waiting.pop();
      if (next === undefined) return;
      this.#inFlight += 1;
      next.start();
    }
  }

  #hasRoom(): boolean {
    if (this.#inFlight >= this.#cap.cap) return false;
    return this.#held < maxHeldRows || (this.#readers > 0 && this.#inFlight === 0);
  }

  async #time<R>(call: () => Promise<R>): Promise<R> {
    const startedAt = this.#now();
    try {
      const result = await call();
      this.#cap.learn({ latencyMs: this.#now() - startedAt, inFlight: this.#inFlight });
      return result;
    } finally {
      this.#inFlight -= 1;
      // After the answer has been taken in, which may bring calls that go before those that wait.
      queueMicrotask(() => {
        this.#pump();
      });
    }
  }

  #canceled(): FlyteError {
    const { reason } = this.#calls;
    return reason instanceof FlyteError
      ? reason
      : new CanceledError("the walk over the execution has ended");
  }
}
