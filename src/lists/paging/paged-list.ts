import type { RowList } from "./row-list.js";

/** One page of a list. */
export interface Page<T> {
  /** Empty only when the list has no rows from the page's token on. */
  readonly items: readonly T[];
  /** The `token` that continues the list behind this page, here or in another process; `undefined` at the end. */
  readonly nextToken: string | undefined;
}

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
