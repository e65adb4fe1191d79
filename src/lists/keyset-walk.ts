import { FlyteError } from "../errors/index.js";
import { callAbortError } from "../internal/cancellation/index.js";
import { createPagedList, isTooLarge, PagePlanner } from "./paging/index.js";

/** The rows of one stretch of a walk: from a key on, behind it, or just those with this key. */
export interface KeyRange {
  readonly kind: "from" | "behind" | "at";
  readonly key: bigint;
}

/** A list call that a walk by keys asks. */
export interface KeysetSource<T> {
  readonly rpc: string;
  /** Whether keys fall as the walk continues. */
  readonly isDescending: boolean;
  /**
   * Asks for rows of a stretch, or from the beginning: in the order of their keys, but those of one
   * key in an order that pages can be trusted with.
   */
  fetch(request: {
    readonly range: KeyRange | undefined;
    readonly limit: number;
    readonly token: string;
    readonly signal: AbortSignal | undefined;
  }): Promise<{ readonly items: readonly T[]; readonly token: string }>;
  /** Returns the value that the server sorts by. Rows may share it. */
  sortKeyOf(row: T): bigint;
  /** Returns the key that no other row of the list has. */
  keyOf(row: T): string | number;
  /** The size of a row on the wire, in bytes. */
  byteLengthOf(row: T): number;
}

/** Settings of a walk by keys. */
export interface KeysetSettings {
  readonly limit: number;
  readonly pageSize: number | undefined;
  /** The time limit of each call, in milliseconds, where the caller has set one. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

interface Answer<T> {
  readonly range: KeyRange | undefined;
  readonly askedAt: number;
  readonly arrivedAt: number;
  readonly items: readonly T[];
  readonly isFull: boolean;
}

/**
 * Walks a list by the key that it is sorted by, so that no page costs more than the first, however
 * deep it is.
 *
 * Rows may share a key, and the server leaves those in no order: what the end of a full page cuts
 * is asked for again with the next one. Where a whole page has one key, its rows are paged through
 * by their number.
 *
 * @throws FlyteError when the server answers with a row that the walk has been past, which would
 *   never end
 */
export async function* walkByKey<T>(
  source: KeysetSource<T>,
  settings: KeysetSettings,
): AsyncGenerator<readonly T[], undefined> {
  const planner = new PagePlanner<T>({ ...settings, readAhead: 0 }, (row) =>
    source.byteLengthOf(row),
  );
  let left = settings.limit;
  let next: Promise<Answer<T>> | undefined = ask(source, planner, undefined, left, settings.signal);
  while (next !== undefined) {
    const answer: Answer<T> = await next;
    planner.recordPage(answer.items, answer, Infinity);
    const last = checkKeys(source, answer);
    if (last === undefined || !answer.isFull || answer.items.length >= left) {
      yield answer.items.slice(0, left);
      return;
    }
    const whole = answer.items.filter((row) => source.sortKeyOf(row) !== last);
    left -= whole.length;
    if (whole.length > 0) {
      next = ask(source, planner, { kind: "from", key: last }, left, settings.signal);
      // Asked for before it is waited for: a failure of it is thrown with the next page.
      next.catch(() => undefined);
      yield whole;
    } else {
      for await (const rows of rowsAt(source, last, left, settings)) {
        left -= rows.length;
        yield rows;
      }
      next =
        left === 0
          ? undefined
          : ask(source, planner, { kind: "behind", key: last }, left, settings.signal);
    }
  }
}

async function ask<T>(
  source: KeysetSource<T>,
  planner: PagePlanner<T>,
  range: KeyRange | undefined,
  left: number,
  signal: AbortSignal,
): Promise<Answer<T>> {
  for (;;) {
    if (signal.aborted) throw callAbortError(signal, source.rpc);
    const limit = Math.min(planner.pageSize, left);
    const askedAt = performance.now();
    try {
      const { items, token } = await source.fetch({ range, limit, token: "", signal });
      const isFull = items.length > 0 && token !== "";
      return { range, items, isFull, askedAt, arrivedAt: performance.now() };
    } catch (error) {
      if (!isTooLarge(error) || limit === 1) throw error;
      planner.recordTooLarge(limit);
    }
  }
}

function rowsAt<T>(
  source: KeysetSource<T>,
  key: bigint,
  limit: number,
  { pageSize, timeoutMs, signal }: KeysetSettings,
): AsyncIterable<readonly T[]> {
  const pages = createPagedList<T>(
    {
      rpc: source.rpc,
      fetch: (request) => source.fetch({ range: { kind: "at", key }, ...request }),
      keyOf: (row) => source.keyOf(row),
      byteLengthOf: (row) => source.byteLengthOf(row),
    },
    {
      pageSize,
      signal,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(limit !== Infinity && { limit }),
    },
  ).pages();
  return (async function* () {
    for await (const { items } of pages) {
      for (const row of items) if (source.sortKeyOf(row) !== key) throw strayRow(source, row);
      yield items;
    }
  })();
}

/** Checks that the rows of a page are in order and in range, and returns its last key. */
function checkKeys<T>(source: KeysetSource<T>, { range, items }: Answer<T>): bigint | undefined {
  let last: bigint | undefined;
  for (const row of items) {
    const key = source.sortKeyOf(row);
    const isBehind = last === undefined || isAtOrPast(source, key, last);
    const isInRange =
      range === undefined ||
      (isAtOrPast(source, key, range.key) && !(range.kind === "behind" && key === range.key));
    if (!isBehind || !isInRange) throw strayRow(source, row);
    last = key;
  }
  return last;
}

function isAtOrPast(
  { isDescending }: { readonly isDescending: boolean },
  key: bigint,
  other: bigint,
): boolean {
  return isDescending ? key <= other : key >= other;
}

function strayRow<T>(source: KeysetSource<T>, row: T): FlyteError {
  return new FlyteError(
    `${source.rpc} returned ${JSON.stringify(source.keyOf(row))}, which is out of the walk's order; continuing from it would never end`,
    { code: "INTERNAL", rpc: source.rpc },
  );
}
