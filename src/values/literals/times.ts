import { type SecondsAndNanos, timestampOf } from "../times/index.js";
import { expected } from "./literal-error.js";
import { isRecord, type Place } from "./walk.js";

const billion = 1_000_000_000;
/** The seconds of 0001-01-01 and 9999-12-31, the first and last day that a Timestamp has. */
const timestampSeconds = { min: -62_135_596_800n, max: 253_402_300_799n };
/** About 10,000 years either way. */
const maxDurationSeconds = 315_576_000_000n;

/** The fields of a Timestamp, from a Date or a Timestamp. */
export function toTimestamp(value: unknown, place: Place): SecondsAndNanos {
  const found =
    value instanceof Date ? fromDate(value) : secondsAndNanos(value, "google.protobuf.Timestamp");
  if (
    found === undefined ||
    found.nanos < 0 ||
    found.seconds < timestampSeconds.min ||
    found.seconds > timestampSeconds.max
  ) {
    throw expected(place.path, "a Date, or a Timestamp, of the years 1 to 9999", value);
  }
  return found;
}

/** The fields of a Duration, from an object with seconds and nanos. */
export function toDuration(value: unknown, place: Place): SecondsAndNanos {
  const found = secondsAndNanos(value, "google.protobuf.Duration");
  const oneSign =
    found !== undefined &&
    (found.seconds === 0n || found.nanos === 0 || found.seconds > 0n === found.nanos > 0);
  const size = found === undefined || found.seconds >= 0n ? found?.seconds : -found.seconds;
  if (!oneSign || size === undefined || size > maxDurationSeconds) {
    throw expected(place.path, "a duration ({ seconds: a bigint, nanos })", value);
  }
  return found;
}

function fromDate(date: Date): SecondsAndNanos | undefined {
  return Number.isNaN(date.getTime()) ? undefined : timestampOf(date);
}

/** A Duration and a Timestamp have the same fields, so a message must be of the right type. */
function secondsAndNanos(value: unknown, typeName: string): SecondsAndNanos | undefined {
  if (!isRecord(value) || (value["$typeName"] ?? typeName) !== typeName) return undefined;
  const { seconds, nanos } = value;
  if (typeof seconds !== "bigint" || typeof nanos !== "number" || !Number.isInteger(nanos))
    return undefined;
  return Math.abs(nanos) < billion ? { seconds, nanos } : undefined;
}
