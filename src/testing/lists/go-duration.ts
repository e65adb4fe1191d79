import { invalidArgument } from "../rpcs/errors.js";

const unitNanos: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["us", 1e3],
  ["µs", 1e3],
  ["μs", 1e3],
  ["ms", 1e6],
  ["s", 1e9],
  ["m", 60e9],
  ["h", 3600e9],
]);

const maxInt64 = 2n ** 63n - 1n;

/**
 * Nanoseconds of a filter value: a bare number is seconds, anything else must
 * be a duration as Go writes it (`1h30m`, `250ms`).
 * @throws INVALID_ARGUMENT when it is neither; the text shows a number as the server
 * rewrites it, so that very large and very small ones fail too
 */
export function parseDuration(text: string): bigint {
  const duration = isNumber(text)
    ? `${numberText(Number(text))}s`
    : (specialNumbers.get(text.toLowerCase()) ?? text);
  const nanos = goDurationToNanos(duration);
  if (nanos === undefined) throw invalidArgument(`Failed to parse duration [${duration}]`);
  return nanos;
}

function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
}

/** A number as Go prints it: with an exponent where it is below 0.0001 or has more than 21 digits. */
function numberText(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4) return Object.is(value, -0) ? "-0" : String(value);
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}

/** Words that Go reads as numbers, as the server rewrites them. */
const specialNumbers: ReadonlyMap<string, string> = new Map([
  ["inf", "+Infs"],
  ["+inf", "+Infs"],
  ["-inf", "-Infs"],
  ["infinity", "+Infs"],
  ["+infinity", "+Infs"],
  ["-infinity", "-Infs"],
  ["nan", "NaNs"],
]);

function goDurationToNanos(text: string): bigint | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return undefined;
  const parts = (match[2] ?? "").matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g);
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of parts) {
    const nanos = unitNanos.get(unit) ?? 0;
    total +=
      BigInt(whole || "0") * BigInt(nanos) +
      BigInt(Math.trunc(Number(`0.${fraction || "0"}`) * nanos));
  }
  if (total > maxInt64) return undefined;
  return match[1] === "-" ? -total : total;
}
