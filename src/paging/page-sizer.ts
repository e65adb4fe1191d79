import type { PageSource } from "./page-source.js";

const firstPageSize = 100;
const targetBytes = 2 ** 20;
const maxGrownSize = 5000;
const maxSizeUnweighed = 1000;
const growth = 10;
/** Weighing a row costs as much as decoding it. */
const sampledRows = 4;

/**
 * Chooses how many rows a request asks for: what the caller wants, or else more and more, towards
 * a number of bytes that a slow network fills well and the REST gateway's 4 MiB are far from.
 */
export class PageSizer<T> {
  readonly #weigh: PageSource<T>["byteLengthOf"];
  readonly #grows: boolean;
  #size: number;
  #ceiling = Infinity;
  #bytesPerRow: number | undefined;

  constructor(pageSize: number | undefined, weigh: PageSource<T>["byteLengthOf"]) {
    this.#weigh = weigh;
    this.#grows = pageSize === undefined;
    this.#size = pageSize ?? firstPageSize;
  }

  /** The rows to ask for next. */
  get size(): number {
    return Math.min(this.#size, this.#ceiling);
  }

  /** The size of a row, as far as rows were weighed, in bytes. */
  get bytesPerRow(): number | undefined {
    return this.#bytesPerRow;
  }

  /** Learns from a page that came. */
  learn(items: readonly T[]): void {
    if (items.length === 0) return;
    this.#bytesPerRow = this.#weigh && average(sample(items).map(this.#weigh));
    if (!this.#grows) return;
    const wanted =
      this.#bytesPerRow === undefined
        ? maxSizeUnweighed
        : Math.min(maxGrownSize, Math.floor(targetBytes / Math.max(1, this.#bytesPerRow)));
    this.#size = Math.max(1, Math.min(wanted, this.#size * growth));
  }

  /** Learns that a page of so many rows was too large. */
  shrink(tooLarge: number): void {
    this.#ceiling = Math.max(1, Math.floor(tooLarge / 2));
  }
}

function sample<T>(items: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / sampledRows));
  return items.filter((_, index) => index % step === 0).slice(0, sampledRows);
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
