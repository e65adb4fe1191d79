import { invalidArgument } from "../server-errors.js";
import { parseDuration } from "../go-format/index.js";

/**
 * Nanoseconds of a filter value: a bare number is seconds, anything else must
 * be a duration as Go writes it (`1h30m`, `250ms`).
 * @throws INVALID_ARGUMENT when it is neither; the text shows a number as the server
 * rewrites it, so that very large and very small ones fail too
 */
export function durationNanos(text: string): bigint {
  const duration = isNumber(text)
    ? `${numberText(Number(text))}s`
    : (specialNumbers.get(text.toLowerCase()) ?? text);
  const parsed = parseDuration(duration);
  if ("fault" in parsed) throw invalidArgument(`Failed to parse duration [${duration}]`);
  return parsed.nanos;
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
