/**
 * The measurements of a FlyteAdmin v1.16.8 with PostgreSQL 15 on two cores, over gRPC and with no
 * round trip added. The client of those measurements ran on the same cores.
 */
export const measured = {
  /** Rows a second of a list of 10,000 rows read one page after another, by the size of the pages. */
  rowsPerSecond: { 100: 6463, 1000: 25_796, 5000: 28_506 },
  /** Rows a second with pages of 100, eight of them in flight. */
  smallPagesAheadPerSecond: 10_343,
  /** Rows a second, with large pages, from which on more calls in flight give no more. */
  mostRowsPerSecond: 31_000,
  /** Milliseconds that one page takes of a list of 100,000 rows, from its middle on, by its size. */
  deepPageMs: { 100: 135, 1000: 155, 5000: 320 },
  /** A walk over a tree in 2,030 calls, one after another, in milliseconds. */
  serialTree: { calls: 2030, tookMs: 2300 },
  /** The same tree with calls in flight: calls a second. Beyond ten, connections to PostgreSQL are opened and closed. */
  callsPerSecond: { 4: 1870, 8: 2298, 16: 1369, 32: 622 },
  /** The same tree with 64 calls in flight, in milliseconds. */
  treeOf64Ms: 3900,
  /** The time that the client of these measurements needed to decode a row, in milliseconds: 80,000 rows a second. */
  clientRowMs: 1 / 80,
  /** The time that it needed for a call, in milliseconds. */
  clientCallMs: 0.3,
} as const;
