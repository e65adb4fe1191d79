/** One answer of a list call. */
export interface Page<T> {
  /** Never empty. */
  readonly items: readonly T[];
  /** What `token` takes to go on behind this page, here or in another process; undefined behind the last. */
  readonly nextToken: string | undefined;
}

/**
 * A list that is fetched as it is read. Every loop begins afresh; leaving a loop stops all that was
 * asked for on its behalf.
 */
export interface PagedList<T> extends AsyncIterable<T> {
  /** The list by pages, each with the token to go on from. Empty pages are passed over. */
  pages(): AsyncIterable<Page<T>>;
  /**
   * Reads all of it, up to a bound that must be named; a smaller `limit` of the list holds too.
   *
   * @throws InvalidOptionError when the bound is no whole number of 1 or more.
   */
  toArray(bound: { readonly limit: number }): Promise<T[]>;
  /** Reads the first item, with a page of one row. */
  first(): Promise<T | undefined>;
}
