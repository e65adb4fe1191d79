const maxAutoPages = 8;
const firstAutoPages = 4;
const maxAheadBytes = 4 * 2 ** 20;
const maxAheadRowsUnweighed = 8000;

/** What was asked for and not yet read. */
export interface Ahead {
  readonly pages: number;
  readonly rows: number;
}

/**
 * Decides how many pages are asked for ahead. It opens when a page has proved that tokens are
 * offsets, opens further as the walk goes on, and closes for good at a token that is none.
 */
export class ReadAhead {
  readonly #setting: number | "auto";
  #proof: "none" | "proved" | "refuted" = "none";
  #pages = 0;

  constructor(setting: number | "auto") {
    this.#setting = setting;
  }

  /** The pages that may be asked for beyond the one that is read. */
  get pages(): number {
    return this.#proof === "proved" ? this.#pages : 0;
  }

  /** Learns whether a page's token was the offset that it stands for. */
  learn(tokenIsOffset: boolean): void {
    if (!tokenIsOffset || this.#proof === "refuted") {
      this.#proof = "refuted";
      return;
    }
    this.#proof = "proved";
    this.#pages =
      this.#setting === "auto"
        ? Math.min(maxAutoPages, Math.max(firstAutoPages, this.#pages * 2))
        : this.#setting;
  }

  /** Tells whether one more page keeps within the bounds on pages and on what is held in memory. */
  hasRoom(ahead: Ahead, rows: number, bytesPerRow: number | undefined): boolean {
    if (ahead.pages >= this.pages) return false;
    if (this.#setting !== "auto") return true;
    return bytesPerRow === undefined
      ? ahead.rows + rows <= maxAheadRowsUnweighed
      : (ahead.rows + rows) * bytesPerRow <= maxAheadBytes;
  }
}
