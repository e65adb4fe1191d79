const nanosPerUnit: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const maxInt64 = 2n ** 63n - 1n;

/** A parsed duration: its nanoseconds, or Go's error. */
export type ParsedDuration = { readonly nanos: bigint } | { readonly fault: string };

/** Reads a duration in Go's syntax, such as `1h30m` or `-1.5s`. */
export function parseDuration(text: string): ParsedDuration {
  const quoted = JSON.stringify(text);
  const invalid = { fault: `time: invalid duration ${quoted}` };
  let rest = text.replace(/^[+-]/, "");
  if (rest === "") return invalid;
  let nanos = 0n;
  if (rest === "0") rest = "";
  while (rest !== "") {
    const [part = "", whole = "", fraction = "", unit = ""] =
      /^([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/.exec(rest) ?? [];
    if (whole === "" && fraction === "") return invalid;
    if (unit === "") return { fault: `time: missing unit in duration ${quoted}` };
    const scale = Object.hasOwn(nanosPerUnit, unit) ? nanosPerUnit[unit] : undefined;
    if (scale === undefined) {
      return { fault: `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}` };
    }
    nanos +=
      BigInt(whole || "0") * scale +
      (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
    if (nanos > maxInt64 + 1n) return invalid;
    rest = rest.slice(part.length);
  }
  if (text.startsWith("-")) return { nanos: -nanos };
  // The smallest number has no positive twin.
  return nanos > maxInt64 ? invalid : { nanos };
}
