import { InvalidOptionError } from "../../errors/index.js";
import { forAwaitOnly } from "../../internal/index.js";
import { requireKnownOptions } from "../../internal/validation/index.js";
import { requireCount } from "./list-options.js";

/**
 * Rows that are fetched as they are read. Each loop restarts at the first row; leaving a loop
 * cancels its requests.
 */
export interface RowList<T> extends AsyncIterable<T> {
  /**
   * Collects the rows up to a bound: the `limit` given here, the list's own `limit`, or the smaller
   * of both.
   *
   * @throws InvalidOptionError when neither has a `limit`, or the one given here is not an integer
   *   of 1 or more
   */
  toArray(bound?: { readonly limit: number }): Promise<T[]>;
  /** Reads the first row; `undefined` when the list is empty. */
  first(): Promise<T | undefined>;
}

/** Reads the rows behind a {@link RowList}. Each call starts at the first row. */
export interface RowReader<T> {
  /** The most rows of the list; Infinity when its options set no limit. */
  readonly limit: number;
  /** Reads at most `limit` rows in batches, none of which is empty. */
  batches(limit: number): AsyncIterable<readonly T[]>;
  /** Reads at most `limit` rows one by one, where that is cheaper than to unpack batches. */
  rows?(limit: number): AsyncIterable<T>;
}

/** Creates a list from a reader of its rows. */
export function createRowList<T>(reader: RowReader<T>): RowList<T> {
  return readAsList({
    [Symbol.asyncIterator]: () =>
      (reader.rows?.(reader.limit) ?? unpack(reader.batches(reader.limit)))[Symbol.asyncIterator](),
    toArray: async (bound) => {
      const limit = requireBound(bound, reader.limit);
      const items: T[] = [];
      for await (const batch of reader.batches(limit)) for (const row of batch) items.push(row);
      return items;
    },
    first: async () => {
      for await (const [row] of reader.batches(1)) return row;
      return undefined;
    },
  });
}

/** Refuses the other ways to read a list than those that it has. */
export function readAsList<L extends RowList<unknown>>(list: L): L {
  return forAwaitOnly(
    list,
    "A list",
    ", or collect its rows with await list.toArray({ limit: 1000 })",
  );
}

async function* unpack<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<T, undefined> {
  for await (const batch of batches) yield* batch;
}

function requireBound(bound: { readonly limit: number } | undefined, ownLimit: number): number {
  if (bound === undefined) {
    if (ownLimit !== Infinity) return ownLimit;
    throw new InvalidOptionError(
      "toArray needs a bound on the rows to collect: call toArray({ limit: 1000 }), or set limit in the options of the list",
      { option: "limit" },
    );
  }
  const { limit } = requireKnownOptions(
    bound,
    { limit: true },
    "toArray's bound",
    "an object such as { limit: 1000 }",
  );
  return Math.min(ownLimit, requireCount("toArray's limit", limit, Number.MAX_SAFE_INTEGER));
}
