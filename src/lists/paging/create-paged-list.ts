import { requireObject } from "../../internal/validation/index.js";
import { PageIterator, RowIterator } from "./iterators.js";
import type { ListOptions } from "./list-options.js";
import type { PagedList } from "./paged-list.js";
import type { PageSource } from "./page-source.js";
import { PageWalk } from "./page-walk.js";
import { createRowList } from "./row-list.js";
import { walkSettings } from "./walk-settings.js";

/**
 * Creates a list of a call. Nothing is requested before the list is read.
 *
 * Rows that came before, on the same page or the one before it, are dropped: FlyteAdmin repeats
 * rows when others are inserted meanwhile, and when a join finds them twice.
 *
 * @param now - a clock in milliseconds, from any beginning
 * @throws InvalidOptionError when an option is invalid
 */
export function createPagedList<T>(
  source: PageSource<T>,
  options: ListOptions,
  now: () => number = () => performance.now(),
): PagedList<T> {
  const settings = walkSettings(options, now);
  const startWalk = (limit: number): PageWalk<T> => new PageWalk(source, { ...settings, limit });
  return {
    ...createRowList<T>({
      limit: settings.limit,
      batches: (limit) => readBatches(startWalk(limit)),
      rows: (limit) => ({ [Symbol.asyncIterator]: () => new RowIterator(startWalk(limit)) }),
    }),
    page: async (request = {}) => {
      const { token, pageSize } = requireObject(request, "options", "an object such as { token }");
      const one = walkSettings(
        {
          ...options,
          ...(token !== undefined && { token }),
          ...(pageSize !== undefined && { pageSize }),
          readAhead: false,
        },
        now,
      );
      const walk = new PageWalk(source, one);
      try {
        return (await walk.next()) ?? { items: [], nextToken: undefined };
      } finally {
        walk.close();
      }
    },
    pages: () => ({ [Symbol.asyncIterator]: () => new PageIterator(startWalk(settings.limit)) }),
  };
}

async function* readBatches<T>(walk: PageWalk<T>): AsyncGenerator<readonly T[], undefined> {
  try {
    for (let page = await walk.next(); page !== undefined; page = await walk.next()) {
      yield page.items;
    }
  } finally {
    walk.close();
  }
}
