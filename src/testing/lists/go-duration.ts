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
 * @throws INVALID_ARGUMENT when it is neither
 */
export function parseDuration(text: string): bigint {
  const nanos = secondsToNanos(text) ?? goDurationToNanos(text);
  if (nanos === undefined) throw invalidArgument(`Failed to parse duration [${text}]`);
  return nanos;
}

function secondsToNanos(text: string): bigint | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const nanos = Number(text) * 1e9;
  // The conversion wraps to the lowest number where it does not fit.
  return Math.abs(nanos) < 2 ** 63 ? BigInt(Math.trunc(nanos)) : -maxInt64 - 1n;
}

function goDurationToNanos(text: string): bigint | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of (match[2] ?? "").matchAll(
    /(\d*)(?:\.(\d*))?([a-zµμ]+)/g,
  )) {
    const nanos = unitNanos.get(unit) ?? 0;
    total +=
      BigInt(whole || "0") * BigInt(nanos) +
      BigInt(Math.trunc(Number(`0.${fraction || "0"}`) * nanos));
  }
  if (total > maxInt64) return undefined;
  return match[1] === "-" ? -total : total;
}
