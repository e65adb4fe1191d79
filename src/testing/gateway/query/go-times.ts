import { create } from "@bufbuild/protobuf";
import {
  type Duration,
  DurationSchema,
  type Timestamp,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";

import { FieldFault } from "./field-fault.js";

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

/** Reads a duration in Go's syntax, such as `1h30m` or `-1.5s`. */
export function parseGoDuration(text: string): Duration {
  const quoted = JSON.stringify(text);
  const invalid = new FieldFault(`time: invalid duration ${quoted}`);
  const negative = text.startsWith("-");
  let rest = text.replace(/^[+-]/, "");
  if (rest === "") throw invalid;
  let nanos = 0n;
  if (rest === "0") rest = "";
  while (rest !== "") {
    const part = /^([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/.exec(rest);
    const [whole = "", fraction = "", unit = ""] = part?.slice(1) ?? [];
    if (whole === "" && fraction === "") throw invalid;
    if (unit === "") throw new FieldFault(`time: missing unit in duration ${quoted}`);
    const scale = nanosPerUnit[unit];
    if (scale === undefined) {
      throw new FieldFault(`time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`);
    }
    nanos +=
      BigInt(whole || "0") * scale +
      (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
    if (nanos >= 1n << 63n) throw invalid;
    rest = rest.slice(part?.[0].length ?? rest.length);
  }
  const signed = negative ? -nanos : nanos;
  return create(DurationSchema, {
    seconds: signed / 1_000_000_000n,
    nanos: Number(signed % 1_000_000_000n),
  });
}

const rfc3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

/** Reads a point in time in RFC 3339, with up to nine decimals. */
export function parseGoTime(text: string): Timestamp {
  const match = rfc3339.exec(text);
  const [, clock = "", fraction = "", zone = ""] = match ?? [];
  const ms = Date.parse(clock + zone);
  if (match === null || Number.isNaN(ms)) {
    const quoted = JSON.stringify(text);
    throw new FieldFault(
      `parsing time ${quoted} as "2006-01-02T15:04:05.999999999Z07:00": cannot parse ${quoted} as "2006"`,
    );
  }
  return create(TimestampSchema, {
    seconds: BigInt(ms / 1000),
    nanos: Number(fraction.slice(0, 9).padEnd(9, "0")),
  });
}
