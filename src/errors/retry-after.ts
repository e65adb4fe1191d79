/**
 * How long the other side asks to wait, in milliseconds: `grpc-retry-pushback-ms`,
 * else `retry-after` in seconds or as a date. `Infinity` when the server asks not to be tried
 * again, which it says by a negative pushback. `undefined` when nothing readable is there.
 */
export function retryAfterMsOf(headers: Headers, now: number = Date.now()): number | undefined {
  const pushback = headers.get("grpc-retry-pushback-ms");
  if (pushback !== null && /^\d{1,9}$/.test(pushback)) return Number(pushback);
  if (pushback !== null && /^-\d/.test(pushback)) return Infinity;
  const retryAfter = headers.get("retry-after")?.trim();
  if (retryAfter === undefined || retryAfter === "") return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
