/** The range of a wait between two attempts. */
export interface BackoffRange {
  /** The longest wait before the first retry, in milliseconds. It doubles with each retry. */
  readonly initialBackoffMs: number;
  /** The longest wait before any retry, in milliseconds. */
  readonly maxBackoffMs: number;
}

/**
 * How long to wait before a retry, in milliseconds: anything from 0 to a bound that doubles with
 * each retry, so that clients that failed together do not come back together.
 *
 * @param retry The number of the retry, from 1.
 * @param random From 0 up to 1.
 */
export function backoffMs(retry: number, range: BackoffRange, random: number): number {
  const bound = Math.min(
    range.maxBackoffMs,
    range.initialBackoffMs * 2 ** Math.min(retry - 1, maxDoublings),
  );
  return Math.floor(random * bound);
}

/**
 * How long to wait before a probe of a server that is away, in milliseconds: between half of a bound
 * that doubles with each probe and all of it, so that probes never come in quick succession.
 */
export function probeBackoffMs(probe: number, range: BackoffRange, random: number): number {
  return Math.ceil((backoffMs(probe, range, 1) + backoffMs(probe, range, random)) / 2);
}

/** Beyond it the factor is no exact number, and ends as infinity. */
const maxDoublings = 52;
