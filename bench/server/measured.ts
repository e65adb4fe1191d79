/**
 * The measurements of a FlyteAdmin v1.16.8 with PostgreSQL 15 on two cores, over gRPC and with no
 * round trip added. The client of those measurements ran on the same cores.
 */
export const measured = {
  /** Rows a second of a list of 10,000 rows read one page after another, by the size of the pages. */
  rowsPerSecond: { 100: 7438, 1000: 11_731 },
  /** Rows a second with pages of 1,000, eight of them in flight. */
  pagesAheadPerSecond: 13_841,
  /**
   * The rates of loops over that list behind round trips in milliseconds, as multiples of that of
   * connect-node as it comes with pages of 100.
   */
  ratios: {
    "gRPC wide windows, pages of 1,000": { 0: 1.58, 50: 10.6, 100: 14 },
    "gRPC by hand: wide, 1,000, 8 ahead, length known": { 0: 1.86, 50: 24.7, 100: 33.4 },
  },
  /** Milliseconds that one page takes of a list of 100,000 rows, from its middle on, by its size. */
  deepPageMs: { 100: 135, 1000: 155, 5000: 320 },
  /** A walk over a tree in 2,030 calls, one after another, in milliseconds. */
  serialTree: { calls: 2030, tookMs: 2300 },
  /** The same tree with calls in flight: calls a second. Beyond ten, connections to PostgreSQL are opened and closed. */
  callsPerSecond: { 4: 1870, 8: 2298, 16: 1369, 32: 622 },
  /** The same tree with 64 calls in flight, in milliseconds. */
  treeOf64Ms: 3900,
  /**
   * The time that a client needs for a row, in milliseconds: some 0.0125 to decode it, and the rest to receive it and to
   * collect its garbage.
   */
  clientRowMs: 0.04,
  /** The time that it needed for a call, in milliseconds. */
  clientCallMs: 0.3,
} as const;
