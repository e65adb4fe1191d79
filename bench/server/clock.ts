/** A timer fires up to this much late; what is left of a wait is spent in turns of the event loop. */
const timerSlackMs = 1.2;

/** Resolves at a time of `performance.now()`, to some hundredths of a millisecond. */
export async function until(timeMs: number): Promise<void> {
  const farMs = timeMs - performance.now() - timerSlackMs;
  if (farMs >= 1) await new Promise((resolve) => setTimeout(resolve, farMs));
  while (performance.now() < timeMs) await new Promise((resolve) => setImmediate(resolve));
}
