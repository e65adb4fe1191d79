import { InvalidOptionError } from "../../errors/index.js";
import { PageIterator, RowIterator } from "./iterators.js";
import type { ListOptions } from "./list-options.js";
import type { PagedList } from "./paged-list.js";
import type { PageSource } from "./page-source.js";
import { PageWalk } from "./page-walk.js";
import { requireCount, walkSettings } from "./walk-settings.js";

/**
 * Makes a list of a call. Nothing is asked for before the list is read.
 *
 * Rows that came before, on the same page or the one before it, are dropped: FlyteAdmin repeats
 * rows when others are inserted meanwhile, and when a join finds them twice.
 *
 * @param now - a clock in milliseconds, from any beginning
 * @throws InvalidOptionError when an option is out of its range.
 */
export function createPagedList<T>(
  source: PageSource<T>,
  options: ListOptions,
  now: () => number = () => performance.now(),
): PagedList<T> {
  const settings = walkSettings(options, now);
  const walk = (limit = settings.limit): PageWalk<T> =>
    new PageWalk(source, { ...settings, limit });
  const rows = (limit?: number): AsyncIterable<T> => ({
    [Symbol.asyncIterator]: () => new RowIterator(walk(limit)),
  });
  return {
    ...rows(),
    pages: () => ({ [Symbol.asyncIterator]: () => new PageIterator(walk()) }),
    toArray: async (bound) => {
      const limit = boundOf(bound);
      const pages = walk(Math.min(limit, settings.limit));
      const items: T[] = [];
      for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
        for (const item of page.items) items.push(item);
      }
      return items;
    },
    first: async () => {
      const page = await walk(1).next();
      return page?.items[0];
    },
  };
}

function boundOf(bound: unknown): number {
  if (typeof bound !== "object" || bound === null || !("limit" in bound)) {
    throw new InvalidOptionError(
      "toArray was given no limit; it must be told the most items to collect, as in toArray({ limit: 1000 })",
      { option: "limit" },
    );
  }
  return requireCount("toArray's limit", bound.limit, Number.MAX_SAFE_INTEGER);
}
