/** The rows that one query found, as they were at one revision of the store. */
interface CachedResult {
  readonly revision: number;
  readonly length: number;
  readonly result: readonly unknown[];
}

/** How many queries are kept for one set of rows. */
const maxQueriesPerSet = 4;

/**
 * Keeps what queries found, so that a walk over many pages filters and sorts
 * once. A result is good until the store is written to.
 */
export class ResultCache {
  readonly #sets = new WeakMap<readonly object[], Map<string, CachedResult>>();

  /** Returns the result of a query over `rows`, computed again only after a write. */
  get<T extends object>(
    rows: readonly object[],
    key: string,
    revision: number,
    find: () => readonly T[],
  ): readonly T[] {
    const queries = this.#sets.get(rows) ?? new Map<string, CachedResult>();
    this.#sets.set(rows, queries);
    const cached = queries.get(key);
    if (cached?.revision === revision && cached.length === rows.length) {
      // The key names the query, and a query finds things of one type.
      return cached.result as readonly T[];
    }
    const result = find();
    queries.delete(key);
    queries.set(key, { revision, length: rows.length, result });
    for (const oldest of queries.keys()) {
      if (queries.size <= maxQueriesPerSet) break;
      queries.delete(oldest);
    }
    return result;
  }
}
