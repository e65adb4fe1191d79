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

  /** The rows of a query over `rows`, found again only after a write. */
  get<R extends object>(
    rows: readonly R[],
    key: string,
    revision: number,
    find: () => readonly R[],
  ): readonly R[] {
    const queries = this.#sets.get(rows) ?? new Map<string, CachedResult>();
    this.#sets.set(rows, queries);
    const cached = queries.get(key);
    if (cached?.revision === revision && cached.length === rows.length) {
      // The key holds the entity and the set its rows, so what was stored here are rows of this type.
      return cached.result as readonly R[];
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
