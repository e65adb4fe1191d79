import { create } from "@bufbuild/protobuf";
import {
  type Duration,
  DurationSchema,
  type Timestamp,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";

/** Microseconds since 1970, as the server's database keeps times. */
export type Micros = number;

/** A time as the database keeps it: nanoseconds are cut off. */
export function microsOf(timestamp: Timestamp): Micros {
  return Number(timestamp.seconds) * 1_000_000 + Math.floor(timestamp.nanos / 1000);
}

/** A time of the database as a message. */
export function timestampOf(micros: Micros): Timestamp {
  const seconds = Math.floor(micros / 1_000_000);
  return create(TimestampSchema, {
    seconds: BigInt(seconds),
    nanos: Math.round(micros - seconds * 1_000_000) * 1000,
  });
}

/** Nanoseconds since 1970. */
export function nanosOf(timestamp: Timestamp): bigint {
  return timestamp.seconds * 1_000_000_000n + BigInt(timestamp.nanos);
}

/** A span of nanoseconds as a message. */
export function durationOf(nanos: bigint): Duration {
  return create(DurationSchema, {
    seconds: nanos / 1_000_000_000n,
    nanos: Number(nanos % 1_000_000_000n),
  });
}

/** A message's span in nanoseconds. */
export function durationNanos(duration: Duration): bigint {
  return duration.seconds * 1_000_000_000n + BigInt(duration.nanos);
}

/** Whether a time is one that `google.protobuf.Timestamp` allows (years 1 to 9999). */
export function isValidTimestamp(timestamp: Timestamp): boolean {
  return (
    timestamp.seconds >= -62_135_596_800n &&
    timestamp.seconds <= 253_402_300_799n &&
    timestamp.nanos >= 0 &&
    timestamp.nanos < 1_000_000_000
  );
}
