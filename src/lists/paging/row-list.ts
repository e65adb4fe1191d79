import { requireCount } from "./walk-settings.js";

/**
 * Rows that are fetched as they are read, and cannot be gone on with by a token. Every loop begins
 * afresh; leaving it stops what was asked for.
 */
export interface RowList<T> extends AsyncIterable<T> {
  /**
   * Reads all of it, up to a bound that must be named.
   *
   * @throws InvalidOptionError when the bound is no whole number of 1 or more
   */
  toArray(bound: { readonly limit: number }): Promise<T[]>;
  /** Reads the first item. */
  first(): Promise<T | undefined>;
}

/** Makes a list of what gives its rows, at most so many of them. */
export function rowList<T>(rows: (limit: number) => AsyncIterable<T>): RowList<T> {
  return {
    [Symbol.asyncIterator]: () => rows(Infinity)[Symbol.asyncIterator](),
    toArray: async (bound) => {
      const items: T[] = [];
      const limit = requireCount("toArray's limit", bound.limit, Number.MAX_SAFE_INTEGER);
      for await (const item of rows(limit)) items.push(item);
      return items;
    },
    first: async () => {
      for await (const item of rows(1)) return item;
      return undefined;
    },
  };
}
