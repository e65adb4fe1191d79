const nanosPerSecond = 1_000_000_000n;

/** A span of nanoseconds as Go prints it: `1h0m0s`, `1.5s`, `250ms`. */
export function durationText(nanos: bigint): string {
  if (nanos < 0n) return `-${durationText(-nanos)}`;
  if (nanos === 0n) return "0s";
  if (nanos < 1_000n) return `${nanos}ns`;
  if (nanos < 1_000_000n) return `${decimal(nanos, 1_000n)}µs`;
  if (nanos < nanosPerSecond) return `${decimal(nanos, 1_000_000n)}ms`;
  const minutes = nanos / (60n * nanosPerSecond);
  const seconds = `${decimal(nanos % (60n * nanosPerSecond), nanosPerSecond)}s`;
  if (minutes === 0n) return seconds;
  const hours = minutes / 60n;
  return hours === 0n ? `${minutes}m${seconds}` : `${hours}h${minutes % 60n}m${seconds}`;
}

/** A quotient with the digits that it needs. */
function decimal(nanos: bigint, unit: bigint): string {
  const digits = String(unit).length - 1;
  const fraction = String(nanos % unit)
    .padStart(digits, "0")
    .replace(/0+$/, "");
  return fraction === "" ? String(nanos / unit) : `${nanos / unit}.${fraction}`;
}
