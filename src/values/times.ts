import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";
import { InvalidOptionError } from "../errors/index.js";
import { describeValue, isObject } from "../internal/validation/index.js";

/** The last millisecond that a Date has; the first is its negative. */
const maxDateMs = 8_640_000_000_000_000;

/**
 * Returns a Timestamp as a `Date`, cut to whole milliseconds: FlyteAdmin's own times have nanoseconds.
 * `undefined`, which an unset field is, stays `undefined`.
 *
 * @throws InvalidOptionError for a time that a Date cannot hold
 */
export function timestampDate(timestamp: Timestamp): Date;
export function timestampDate(timestamp: Timestamp | undefined): Date | undefined;
export function timestampDate(timestamp: Timestamp | undefined): Date | undefined {
  const ms = timestampMs(timestamp);
  return ms === undefined ? undefined : new Date(ms);
}

/**
 * Returns a Timestamp as milliseconds since 1970, cut to whole ones. `undefined` stays `undefined`.
 *
 * @throws InvalidOptionError for a time that a Date cannot hold
 */
export function timestampMs(timestamp: Timestamp): number;
export function timestampMs(timestamp: Timestamp | undefined): number | undefined;
export function timestampMs(timestamp: Timestamp | undefined): number | undefined {
  if (timestamp === undefined) return undefined;
  const { seconds, nanos } = requireTime(timestamp, "timestamp");
  const ms = Number(seconds) * 1000 + Math.floor(nanos / 1_000_000);
  if (Math.abs(ms) <= maxDateMs) return ms;
  throw new InvalidOptionError(
    `timestamp is ${seconds} seconds from 1970, which a Date cannot hold. Use its seconds and nanos.`,
    { option: "timestamp" },
  );
}

/**
 * Returns a Duration in milliseconds, with fractions. `undefined` stays `undefined`.
 *
 * @example
 * ```ts
 * const seconds = (durationMs(execution.closure?.duration) ?? 0) / 1000;
 * ```
 */
export function durationMs(duration: Duration): number;
export function durationMs(duration: Duration | undefined): number | undefined;
export function durationMs(duration: Duration | undefined): number | undefined {
  if (duration === undefined) return undefined;
  const { seconds, nanos } = requireTime(duration, "duration");
  return Number(seconds) * 1000 + nanos / 1_000_000;
}

/** JavaScript may pass anything, such as a Date or a string. */
function requireTime(
  value: unknown,
  name: "timestamp" | "duration",
): { seconds: bigint; nanos: number } {
  const other = name === "timestamp" ? "Duration" : "Timestamp";
  if (isObject(value) && Reflect.get(value, "$typeName") === `google.protobuf.${other}`) {
    const reader = name === "timestamp" ? "durationMs" : "timestampDate";
    throw new InvalidOptionError(`${name} is a ${other}. Read it with ${reader}.`, {
      option: name,
    });
  }
  if (typeof value === "object" && value !== null && "seconds" in value && "nanos" in value) {
    const { seconds, nanos } = value;
    if (typeof seconds === "bigint" && typeof nanos === "number") return { seconds, nanos };
  }
  const sample = name === "duration" ? "closure.duration" : "closure.createdAt";
  throw new InvalidOptionError(
    `${name} must be a message with seconds (a bigint) and nanos, such as ${sample}, got ${describeValue(value)}.`,
    { option: name },
  );
}

/** The fields of a Timestamp or a Duration, as `create` accepts them. */
export interface SecondsAndNanos {
  readonly seconds: bigint;
  readonly nanos: number;
}

/**
 * A Timestamp's fields, of a Date. protobuf's own `timestampFromDate` brings its descriptor of the type along,
 * and all that it is made with; `create` of a message that holds a Timestamp has one at hand.
 *
 * @throws RangeError for a date that is not valid
 */
export function timestampOf(date: Date): SecondsAndNanos {
  const seconds = Math.floor(date.getTime() / 1000);
  return { seconds: BigInt(seconds), nanos: (date.getTime() - seconds * 1000) * 1_000_000 };
}

/**
 * Returns the seconds and nanoseconds of a duration, both with its sign.
 *
 * @throws RangeError for a number that is not finite
 */
export function durationOf(durationMs: number): SecondsAndNanos {
  const seconds = Math.trunc(durationMs / 1000);
  const nanos = Math.round((durationMs - seconds * 1000) * 1_000_000);
  // What is a nanosecond's fraction short of a second becomes one.
  const more = Math.trunc(nanos / 1_000_000_000);
  // Never -0, which is not zero to a field without presence.
  return { seconds: BigInt(seconds + more), nanos: nanos - more * 1_000_000_000 || 0 };
}
