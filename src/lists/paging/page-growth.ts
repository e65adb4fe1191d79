/** The rows of the first page: few, so that they come soon. */
export const firstPageSize = 100;

/** About 1,000 rows: pages few enough in flight to keep two cores of a server busy, and even at the end. */
const leastTargetBytes = 768 * 1024;
const mostTargetBytes = 2 * 2 ** 20;
/** Where skipping rows begins to cost a server more than a page of them. */
const shallowRows = 20_000;
const maxGrownSize = 5000;
const maxSizeUnweighed = 1000;
const growth = 10;
const pageMs = 1500;
/** A page may take so many times what it should before it is made smaller. */
const patience = 3;
/** The bound on the time of all pages under way together: well below the time limit of a call. */
const windowMs = 6000;
const timeLimitMs = 15_000;

/** The measurements of the pages so far. */
export interface Seen {
  /** The size of a row on the wire, in bytes; undefined where rows cannot be weighed. */
  readonly bytesPerRow: number | undefined;
  /** The time that a row takes to arrive, in milliseconds. */
  readonly msPerRow: number;
  /**
   * How many rows the server has to skip for the next page; Infinity where pages are asked for one
   * after another, and each costs a round trip.
   */
  readonly depth: number;
}

/**
 * Chooses the rows of the next page: ten times as many as before, as far as that page keeps within
 * 768 KiB, 5,000 rows and a second and a half. Deep in a list it is up to 2 MiB, since there the
 * server's time goes into the rows that it skips, which it does once a page; and also where pages
 * are asked for one after another.
 *
 * Rows come slowly over a slow link, where smaller pages help, or from a server that is busy with
 * each page, where they do harm. So time keeps pages from growing, and makes them smaller only when
 * they take far too long; never smaller than the first.
 *
 * @param timeoutMs - the time limit of a call, as far as it is known
 */
export function nextPageSize(size: number, seen: Seen, timeoutMs?: number): number {
  const byBytes =
    seen.bytesPerRow === undefined
      ? maxSizeUnweighed
      : Math.min(maxGrownSize, Math.floor(targetBytes(seen.depth) / Math.max(1, seen.bytesPerRow)));
  const mostMs = scaled(pageMs, timeoutMs);
  const byTime =
    size * seen.msPerRow > mostMs * patience
      ? Math.max(Math.min(size, firstPageSize), Math.floor(size / 2))
      : Math.max(size, Math.floor(mostMs / seen.msPerRow));
  return Math.max(1, Math.min(byBytes, byTime, size * growth));
}

/** How many rows may be under way at once for all to come well within the time limit of a call. */
export function rowsInTime(seen: Seen, timeoutMs?: number): number {
  return scaled(windowMs, timeoutMs) / seen.msPerRow;
}

function targetBytes(depth: number): number {
  return Math.min(mostTargetBytes, leastTargetBytes * Math.max(1, depth / shallowRows));
}

function scaled(ms: number, timeoutMs = 0): number {
  return timeoutMs > 0 ? ms * Math.min(1, timeoutMs / timeLimitMs) : ms;
}
