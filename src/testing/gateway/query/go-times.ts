import { create } from "@bufbuild/protobuf";
import {
  type Duration,
  DurationSchema,
  type Timestamp,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";

import { parseDuration } from "../../go-format/index.js";
import { FieldFault } from "./field-fault.js";

const nanosPerSecond = 1_000_000_000n;

/** Reads a duration in Go's syntax, such as `1h30m` or `-1.5s`. */
export function parseGoDuration(text: string): Duration {
  const parsed = parseDuration(text);
  if ("fault" in parsed) throw new FieldFault(parsed.fault);
  return create(DurationSchema, {
    seconds: parsed.nanos / nanosPerSecond,
    nanos: Number(parsed.nanos % nanosPerSecond),
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
