import { forAwaitOnly } from "../../internal/index.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { PageIterator, RowIterator } from "./iterators.js";
import { type ListOptions, requireListOptions } from "./list-options.js";
import type { PageSource } from "./page-request.js";
import { type Page, PageWalk } from "./page-walk.js";
import { createRowList, readAsList, type RowList } from "./row-list.js";

/** The page to read. */
export interface PageOptions {
  /**
   * The `nextToken` of the page before.
   * @defaultValue the `token` of the list's options, or else the first page
   */
  readonly token?: string | undefined;
  /**
   * The rows of the page, from 1 to 65535.
   * @defaultValue the `pageSize` of the list's options, or else 100
   */
  readonly pageSize?: number | undefined;
}

const pageOptionNames: OptionNames<PageOptions> = { token: true, pageSize: true };

/** A list that FlyteAdmin answers in pages, which can be resumed from the token of any page. */
export interface PagedList<T> extends RowList<T> {
  /**
   * Reads one page, and nothing ahead of it. Always resolves with a page: that of an empty list has
   * no items.
   *
   * @throws InvalidOptionError when `token` or `pageSize` is invalid
   */
  page(options?: PageOptions): Promise<Page<T>>;
  /**
   * Reads the list page by page: at least one page, which is empty when the list is, and no other
   * empty ones.
   */
  pages(): AsyncIterable<Page<T>>;
}

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
  const settings = requireListOptions(options, now);
  const startWalk = (limit: number): PageWalk<T> => new PageWalk(source, { ...settings, limit });
  return readAsList({
    ...createRowList<T>({
      limit: settings.limit,
      batches: (limit) => readBatches(startWalk(limit)),
      rows: (limit) => ({ [Symbol.asyncIterator]: () => new RowIterator(startWalk(limit)) }),
    }),
    page: async (request = {}) => {
      const { token, pageSize } = requireKnownOptions(
        request,
        pageOptionNames,
        "options",
        "an object such as { token }",
      );
      const one = requireListOptions(
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
    pages: () =>
      forAwaitOnly(
        { [Symbol.asyncIterator]: () => new PageIterator(startWalk(settings.limit)) },
        "A list",
        ", or read one page with await list.page()",
      ),
  });
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
