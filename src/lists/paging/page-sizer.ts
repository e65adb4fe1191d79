import { type Arrival, Pace } from "./pace.js";
import { firstPageSize, nextPageSize, type Seen } from "./page-growth.js";
import type { PageSource } from "./page-source.js";

/** Weighing a row costs as much as decoding it. */
const sampledRows = 4;

/** The settings of a sizer. */
export interface SizerSettings {
  readonly pageSize: number | undefined;
  /** The time limit of each call, in milliseconds, where the caller has set one. */
  readonly timeoutMs?: number | undefined;
}

/** Chooses how many rows a request asks for: what the caller wants, or else more and more. */
export class PageSizer<T> {
  readonly #weigh: PageSource<T>["byteLengthOf"];
  readonly #settings: SizerSettings;
  readonly #pace = new Pace();
  #size: number;
  #ceiling = Infinity;
  #bytesPerRow: number | undefined;
  #depth = 0;

  constructor(settings: SizerSettings, weigh: PageSource<T>["byteLengthOf"]) {
    this.#weigh = weigh;
    this.#settings = settings;
    this.#size = settings.pageSize ?? firstPageSize;
  }

  /** The rows to ask for next. */
  get size(): number {
    return Math.min(this.#size, this.#ceiling);
  }

  /** The measurements of the pages so far. */
  get seen(): Seen {
    const { msPerRow } = this.#pace;
    return { bytesPerRow: this.#bytesPerRow, msPerRow, depth: this.#depth };
  }

  /**
   * Learns from a page that came, and is not the last.
   *
   * @param depth - as in {@link Seen}
   */
  learn(items: readonly T[], times: Omit<Arrival, "rows">, depth: number): void {
    if (items.length === 0) return;
    this.#pace.learn({ ...times, rows: items.length });
    this.#depth = depth;
    this.#bytesPerRow = this.#weigh && average(sample(items).map(this.#weigh));
    const { pageSize, timeoutMs } = this.#settings;
    if (pageSize === undefined) this.#size = nextPageSize(this.#size, this.seen, timeoutMs);
  }

  /** Learns that a page of so many rows was too large. */
  shrink(tooLarge: number): void {
    this.#ceiling = Math.max(1, Math.floor(tooLarge / 2));
  }
}

function sample<T>(items: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / sampledRows));
  const rows: T[] = [];
  for (let at = 0; at < items.length && rows.length < sampledRows; at += step) {
    rows.push(...items.slice(at, at + 1));
  }
  return rows;
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
