/** A scout looks so many pages ahead: lists that end before are short. */
const scoutPages = 7;

/**
 * The rows that a list is known to have, so that pages of short lists are not asked for in vain.
 *
 * A page is asked for where rows are known, or where the known ones end: a loop without read-ahead
 * asks for that one too. To know more, a scout asks for a single row some pages ahead, which costs
 * the server little. Behind a row that it finds, a list is long, and pages are asked for before it is
 * known that they have rows, so many at a time. When it finds none it was in vain, and no other page
 * will be. Rows that an earlier walk has seen count as known, and need no scout.
 */
export class ListReach {
  #knownRows: number;
  /** The rows of an earlier walk, until this one has seen as many. */
  #expectedRows: number;
  #end = Infinity;
  #scout: "none" | "sent" | "found" | "missed" = "none";
  #scoutOffset = 0;

  /**
   * @param start - the offset where the walk begins
   * @param expectedRows - the rows that the list had in an earlier walk
   */
  constructor(start: number, expectedRows = 0) {
    this.#knownRows = start;
    this.#expectedRows = expectedRows;
  }

  /** The rows of the list as far as they are known, or were where the walk has not come to the end. */
  get rows(): number {
    return this.#end < Infinity ? this.#end : Math.max(this.#knownRows, this.#expectedRows);
  }

  /** Returns whether a page may be asked for from an offset on. */
  includes(offset: number): boolean {
    return this.isProved(offset) || (this.#scout === "found" && offset < this.#end);
  }

  /** Returns whether the list is known to reach an offset. */
  isProved(offset: number): boolean {
    return offset <= this.#knownRows || offset < this.#expectedRows;
  }

  /** Records that the list has the rows before an offset. */
  recordRows(end: number): void {
    this.#knownRows = Math.max(this.#knownRows, end);
  }

  /** Records that the list ends at an offset, or before. */
  recordEnd(end: number): void {
    this.#end = Math.min(this.#end, end);
    this.#expectedRows = Math.min(this.#expectedRows, end);
  }

  /**
   * Returns the offset to send the scout to, once; undefined when there is nothing to learn.
   *
   * @param pageSize - the rows of the next page
   * @param lastPageSize - the rows of a page where the list may end
   * @param end - the offset where the walk ends at the latest
   */
  sendScout(pageSize: number, lastPageSize: number, end: number): number | undefined {
    const known = this.#knownRows;
    if (known < this.#expectedRows) return undefined;
    const offset = Math.min(end - 1, known + scoutPages * pageSize);
    if (this.#scout !== "none" || offset < known + lastPageSize) return undefined;
    this.#scout = "sent";
    this.#scoutOffset = offset;
    return offset;
  }

  /** Records whether the scout has found its row. */
  recordScout(isFound: boolean): void {
    this.#scout = isFound ? "found" : "missed";
    if (isFound) this.recordRows(this.#scoutOffset + 1);
  }
}
