/** How much a page still counts when the next one has come. */
const memory = 0.5;

/** A page that came, by a clock in milliseconds. */
export interface Arrival {
  readonly rows: number;
  readonly askedAt: number;
  readonly arrivedAt: number;
}

/**
 * How long rows take to come, whatever holds them up: the server, the bytes on the way, or the
 * reader's own work. Where pages come one behind the other, each is counted from the one before it,
 * so that the round trip and the turns that they wait for each other are not counted twice.
 */
export class Pace {
  #ms = 0;
  #rows = 0;
  #lastArrivedAt = -Infinity;

  /** The time per row, in milliseconds; 0 while nothing is known. */
  get msPerRow(): number {
    return this.#rows === 0 ? 0 : this.#ms / this.#rows;
  }

  /** Learns from the next page of the list. */
  learn({ rows, askedAt, arrivedAt }: Arrival): void {
    const ownMs = Math.max(0, arrivedAt - Math.max(askedAt, this.#lastArrivedAt));
    this.#lastArrivedAt = Math.max(arrivedAt, this.#lastArrivedAt);
    this.#ms = this.#ms * memory + ownMs;
    this.#rows = this.#rows * memory + rows;
  }
}
