import { rowsInTime, type Seen } from "./page-growth.js";

const maxAutoPages = 8;
const firstAutoPages = 5;
const leastAutoPages = 2;
const maxAutoBytes = 5 * 2 ** 20;
const maxAutoRowsUnweighed = 8000;
/** Whatever the caller wants, so much is not exceeded. */
const maxBytes = 64 * 2 ** 20;

/** The pages that were asked for and not yet read. */
export interface Ahead {
  readonly pages: number;
  readonly rows: number;
}

/**
 * Decides how many pages are asked for ahead. It opens when a page has proved that tokens are
 * offsets, wider while the reader waits for pages and narrower while pages wait for the reader, and
 * closes for good at a token that is none.
 */
export class ReadAhead {
  readonly #setting: number | "auto";
  readonly #timeoutMs: number | undefined;
  #proof: "none" | "proved" | "refuted" = "none";
  #pages: number;

  constructor(setting: number | "auto", timeoutMs: number | undefined) {
    this.#setting = setting;
    this.#timeoutMs = timeoutMs;
    this.#pages = setting === "auto" ? firstAutoPages : setting;
  }

  /** The pages that may be asked for beyond the one that is read. */
  get pages(): number {
    return this.#proof === "proved" ? this.#pages : 0;
  }

  /** Learns whether a page's token was the offset that it stands for. */
  learnToken(isOffset: boolean): void {
    this.#proof = isOffset && this.#proof !== "refuted" ? "proved" : "refuted";
  }

  /**
   * Learns how many of the pages that were asked for had come when the reader came for the next one.
   * Pages share a connection and often come together: only when nothing is under way any more does
   * the reader hold up the walk.
   */
  learnReady(ready: number, asked: number): void {
    if (this.#setting !== "auto" || this.#proof !== "proved") return;
    if (ready === 0) this.#pages = Math.min(maxAutoPages, this.#pages + 1);
    else if (ready > 1 && ready === asked) this.#pages = Math.max(leastAutoPages, this.#pages - 1);
  }

  /** Returns whether one more page keeps within the bounds on pages, memory and time. */
  hasRoom(ahead: Ahead, rows: number, seen: Seen): boolean {
    if (ahead.pages >= this.pages) return false;
    const all = ahead.rows + rows;
    const { bytesPerRow } = seen;
    if (this.#setting !== "auto") return bytesPerRow === undefined || all * bytesPerRow <= maxBytes;
    if (ahead.pages > 0 && all > rowsInTime(seen, this.#timeoutMs)) return false;
    return bytesPerRow === undefined
      ? all <= maxAutoRowsUnweighed
      : all * bytesPerRow <= maxAutoBytes;
  }
}
