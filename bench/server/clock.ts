/** A timer fires up to this much late; what is left of a precise wait is spent in turns of the event loop. */
const timerSlackMs = 1.2;

/** Resolves at a time of `performance.now()`, to some hundredths of a millisecond, and keeps the process busy for that. */
export async function untilPrecisely(timeMs: number): Promise<void> {
  const farMs = timeMs - performance.now() - timerSlackMs;
  if (farMs >= 1) await new Promise((resolve) => setTimeout(resolve, farMs));
  while (performance.now() < timeMs) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves at a time of `performance.now()`, as often too early as too late by up to a millisecond. */
export function untilAbout(timeMs: number): Promise<void> {
  const waitMs = Math.round(timeMs - performance.now() - 0.5);
  return new Promise((resolve) => {
    if (waitMs < 1) setImmediate(resolve);
    else setTimeout(resolve, waitMs);
  });
}
