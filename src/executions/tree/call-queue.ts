import { CanceledError, FlyteError } from "../../errors/index.js";
import { CancellationGroup } from "../../internal/cancellation/index.js";
import { type Place, PlaceHeap } from "./place-heap.js";

/** The number of unread rows beyond which calls wait for the reader. */
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
  #answered = 0;
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

  /** Records rows that have arrived. */
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
    const answeredBefore = this.#answered;
    try {
      const result = await call();
      this.#answered += 1;
      this.#cap.learn({
        latencyMs: this.#now() - startedAt,
        answers: this.#answered - answeredBefore,
        inFlight: this.#inFlight,
      });
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

const least = 8;
const most = 64;
/** The calls that are to wait in the server beyond those on the wire. One more comes and goes by chance. */
const wantedInside = 7;
/** The time that FlyteAdmin was measured to need for a call that it has alone, in milliseconds. */
const usualServerMs = 1.2;
/** The change of the bound by one answer, up or down. */
const step = 1 / 2;
/** The weight of the latest answer in the rate of answers. */
const weight = 1 / 2;
/** Clocks of browsers may not tell a short time from none. */
const shortestMs = 0.1;

/** A call that was answered. */
interface AnsweredCall {
  readonly latencyMs: number;
  /** The number of calls that were answered while it was in flight, this one included. */
  readonly answers: number;
  /** The number of calls in flight at its end, this one included. */
  readonly inFlight: number;
}

/**
 * Decides how many calls may be in flight at once, so that about eight of them are in the server and the others on
 * the wire.
 *
 * FlyteAdmin keeps 10 idle connections to its database, which all its users share, and slows down
 * when more requests are inside it. As many calls are on the wire as are answered in the time of
 * the fastest, less what the server itself needs for one: calls beyond these wait for each other,
 * in the server or in a busy client, and make nothing faster. So the bound is 8 where the server is
 * near, and opens on a long way. It opens by a call for two that are answered, since calls that are
 * sent together arrive together; where fewer are made than may be, it is never more than 8 beyond
 * them.
 */
export class AdaptiveCap {
  #cap = least;
  #fastestMs = Infinity;
  #answersPerMs = 0;

  /** The number of calls that may be in flight. */
  get cap(): number {
    return Math.floor(this.#cap);
  }

  /** Learns from a call that was answered. */
  learn({ latencyMs, answers, inFlight }: AnsweredCall): void {
    this.#fastestMs = Math.min(this.#fastestMs, latencyMs);
    const answersPerMs = answers / Math.max(shortestMs, latencyMs);
    this.#answersPerMs += (answersPerMs - this.#answersPerMs) * weight;
    const onTheWire = this.#answersPerMs * Math.max(0, this.#fastestMs - usualServerMs);
    const target = Math.min(most, wantedInside + onTheWire);
    if (target < this.#cap) this.#cap = Math.max(target, this.#cap - step);
    else if (inFlight >= this.cap) this.#cap = Math.min(target, this.#cap + step);
    this.#cap = Math.max(least, Math.min(this.#cap, inFlight - 1 + least));
  }
}
