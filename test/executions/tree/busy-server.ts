import { VirtualTime } from "../../support/virtual-time.js";

/** How a server answers small calls, in milliseconds. */
export interface BusyModel {
  readonly roundTripMs: number;
  /** The work of a call, on average; it varies by as much as this part of it. */
  readonly callMs: number;
  readonly varies: number;
  /** How many calls are worked on at once. */
  readonly lanes: number;
  /** The work of the client on an answer, one answer after another. */
  readonly clientMs: number;
}

/** A server that works on a few calls at once while others wait in it, in a time of its own. */
export class BusyServer {
  readonly time = new VirtualTime();
  /** How many calls were in it whenever one came. */
  readonly inside: number[] = [];
  mostInFlight = 0;
  readonly #model: BusyModel;
  readonly #freeAt: number[];
  #clientFreeAt = 0;
  #inFlight = 0;
  #inside = 0;
  #random = 1;

  constructor(model: BusyModel) {
    this.#model = model;
    this.#freeAt = Array.from({ length: model.lanes }, () => 0);
  }

  /** Answers a call. */
  readonly call = async (): Promise<void> => {
    const { roundTripMs, callMs, varies, clientMs } = this.#model;
    const { time } = this;
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    await time.until(time.now() + roundTripMs / 2 + this.#wireMs());
    this.#inside += 1;
    this.inside.push(this.#inside);
    const workMs = callMs * (1 - varies + 2 * varies * this.#next());
    const lane = this.#freeAt.indexOf(Math.min(...this.#freeAt));
    const doneAt = Math.max(time.now(), this.#freeAt[lane] ?? 0) + workMs;
    this.#freeAt[lane] = doneAt;
    await time.until(doneAt);
    this.#inside -= 1;
    await time.until(time.now() + roundTripMs / 2 + this.#wireMs());
    if (clientMs > 0) {
      this.#clientFreeAt = Math.max(time.now(), this.#clientFreeAt) + clientMs;
      await time.until(this.#clientFreeAt);
    }
    this.#inFlight -= 1;
  };

  /** Returns the time on the wire, which varies. */
  #wireMs(): number {
    return this.#model.roundTripMs === 0 ? 0 : this.#next();
  }

  /** A number from 0 up to 1, the same ones every time. */
  #next(): number {
    this.#random = (this.#random * 16_807) % 2_147_483_647;
    return this.#random / 2_147_483_647;
  }
}
