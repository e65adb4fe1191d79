const firstMs = 500;
const growth = 1.25;
const steadyMs = 5000;
const longestMs = 30_000;
/** Beyond the steady interval, one as long as this part of the time that has passed. */
const partOfElapsed = 1 / 20;
const jitter = 0.1;
/** Hidden pages often belong together, as tabs that were opened at once. */
const hiddenJitter = 0.2;

/**
 * How long to wait before the next poll, in milliseconds: half a second at first, growing to five,
 * and for what takes long to a twentieth of the time so far, at most half a minute. It takes about
 * 20 polls over a minute. Up to a tenth more or less, so that many clients do not ask in step.
 *
 * @param polls - how many polls were made
 * @param elapsedMs - how long the wait has taken
 * @param random - from 0 up to 1
 */
export function pollIntervalMs(polls: number, elapsedMs: number, random: number): number {
  const ceiling = Math.min(longestMs, Math.max(steadyMs, elapsedMs * partOfElapsed));
  const interval = Math.min(ceiling, firstMs * growth ** Math.max(0, polls - 1));
  return Math.round(interval * (1 - jitter + 2 * jitter * random));
}

/**
 * Returns how much longer to wait where nobody sees the page, in milliseconds: half a minute, and up
 * to a fifth more or less.
 *
 * @param random - from 0 up to 1
 */
export function hiddenPollMs(random: number): number {
  return Math.round(longestMs * (1 - hiddenJitter + 2 * hiddenJitter * random));
}
