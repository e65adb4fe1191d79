/**
 * Knows rows that came before. Rows that are inserted between two requests push others across the
 * border of a page, so it is enough to know the keys of this page and of the one before.
 */
export class RecentKeys<T> {
  readonly #keyOf: (item: T) => string;
  #previous = new Set<string>();
  #current = new Set<string>();

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf;
  }

  /** Begins with the next page. */
  turnPage(): void {
    this.#previous = this.#current;
    this.#current = new Set();
  }

  /** Tells whether a row is new, and remembers it. */
  isNew(item: T): boolean {
    const key = this.#keyOf(item);
    if (this.#previous.has(key) || this.#current.has(key)) return false;
    this.#current.add(key);
    return true;
  }
}
