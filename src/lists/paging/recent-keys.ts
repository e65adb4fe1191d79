/**
 * Knows rows that came before. Rows that are inserted between two requests push others across the
 * border of a page, so it is enough to know the keys of this page and of the one before.
 */
export class RecentKeys<T> {
  readonly #keyOf: (item: T) => string | number;
  #previous = new Set<string | number>();
  #current = new Set<string | number>();

  constructor(keyOf: (item: T) => string | number) {
    this.#keyOf = keyOf;
  }

  /** Begins with the next page. */
  turnPage(): void {
    this.#previous = this.#current;
    this.#current = new Set();
  }

  /** Returns whether a row is new, and remembers it. */
  isNew(item: T): boolean {
    const key = this.#keyOf(item);
    if (this.#previous.has(key)) return false;
    const known = this.#current;
    const { size } = known;
    return known.add(key).size > size;
  }
}
