import type { Encoded } from "./time-value.js";

/**
 * A length of time: a protobuf `Duration`, or an object that names its unit, as in `{ ms: 1500 }`
 * and `{ seconds: 90 }`.
 */
export type DurationInput =
  | { readonly ms: number }
  | { readonly seconds: number | bigint; readonly nanos?: number | undefined };

const nanosPerSecond = 1_000_000_000n;
const maxNanos = 2n ** 63n - 1n;

/** Writes a length of time in seconds, as Go writes it: `1.5s`. It is exact to the nanosecond. */
export function encodeDuration(value: unknown): Encoded {
  const nanos = toNanos(value);
  if (nanos === undefined) {
    return { fault: "is not a Duration, { ms } or { seconds } of finite numbers" };
  }
  const size = nanos < 0n ? -nanos : nanos;
  if (size > maxNanos) return { fault: "is longer than the server's 292 years" };
  const fraction = String(size % nanosPerSecond)
    .padStart(9, "0")
    .replace(/0+$/, "");
  const text = `${nanos < 0n ? "-" : ""}${size / nanosPerSecond}${fraction && `.${fraction}`}s`;
  return { text };
}

function toNanos(value: unknown): bigint | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("ms" in value) return scaled(value.ms, 1_000_000);
  if (!("seconds" in value)) return undefined;
  const seconds = scaled(value.seconds, 1_000_000_000);
  const nanos = "nanos" in value && value.nanos !== undefined ? scaled(value.nanos, 1) : 0n;
  return seconds === undefined || nanos === undefined ? undefined : seconds + nanos;
}

/** The whole part is scaled apart, since a double holds no 19 digits. */
function scaled(value: unknown, factor: number): bigint | undefined {
  if (typeof value === "bigint") return value * BigInt(factor);
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const whole = Math.trunc(value);
  return BigInt(whole) * BigInt(factor) + BigInt(Math.round((value - whole) * factor));
}
