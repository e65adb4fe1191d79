/** The call behind a list. */
export interface PageSource<T> {
  /** The name of the RPC, for errors. */
  readonly rpc: string;
  /** Asks for up to `limit` rows from `token` on; an empty token stands for the beginning, or the end. */
  fetch(request: {
    readonly limit: number;
    readonly token: string;
    readonly signal: AbortSignal | undefined;
  }): Promise<{ readonly items: readonly T[]; readonly token: string }>;
  /** Returns the key that distinguishes a row. */
  keyOf(item: T): string | number;
  /**
   * Which rows to give, where the server cannot leave the others out. Pages are then asked for in
   * full, whatever the limit.
   */
  readonly keep?: (item: T) => boolean;
  /** The size of a row on the wire, in bytes; asked of a few rows of a page, to choose the next page's size. */
  byteLengthOf?(item: T): number;
}
