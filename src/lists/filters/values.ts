import { InvalidFilterError } from "../../errors/index.js";
import { describeValue, suggestionOf } from "../../internal/validation/index.js";
import type { Column } from "./column.js";
import { enumNames, type EnumValues, storedEnumValue } from "./enums.js";

/**
 * Writes a value as the server reads it in that column.
 *
 * What it could not read it would answer with UNKNOWN, from the database.
 *
 * @throws InvalidFilterError when the column cannot hold the value.
 */
export function encodeValue(field: string, column: Column, value: unknown): string {
  const encoded = encode(column, value);
  if ("text" in encoded) return encoded.text;
  throw new InvalidFilterError(`the value for ${field} ${encoded.fault}`, { field });
}

function encode(column: Column, value: unknown): Encoded {
  switch (column.kind) {
    case "text":
      return typeof value === "string"
        ? { text: value }
        : { fault: `is ${describeValue(value)}; it must be a string` };
    case "int":
      return encodeInt(value);
    case "time":
      return encodeTime(value);
    case "duration":
      return encodeDuration(value);
    case "enum": {
      const text = storedEnumValue(column.values, value);
      return text === undefined ? { fault: enumFault(column.values, value) } : { text };
    }
  }
}

function enumFault(values: EnumValues<string>, value: unknown): string {
  const names = enumNames(values);
  const suggestion = suggestionOf(value, names);
  return suggestion === undefined
    ? `is ${describeValue(value)}; it must be one of ${names.join(", ")}`
    : `is ${describeValue(value)}. ${suggestion}`;
}

function encodeInt(value: unknown): Encoded {
  const isInt64 = typeof value === "bigint" && BigInt.asIntN(64, value) === value;
  if (Number.isSafeInteger(value) || isInt64) return { text: String(value) };
  return { fault: `is ${describeValue(value)}; it must be a safe integer, or a bigint of 64 bits` };
}

/** Takes the meaning from `%`, `_` and `\`, so that a LIKE pattern finds the text itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/**
 * Checks a LIKE pattern, and returns it.
 *
 * @throws InvalidFilterError when it ends in a lone `\`, at which PostgreSQL fails.
 */
export function checkLikePattern(field: string, pattern: string): string {
  const trailing = /\\*$/.exec(pattern)?.[0].length ?? 0;
  if (trailing % 2 === 1) {
    throw new InvalidFilterError(
      `the pattern for ${field} ends in a lone backslash; write two to match one`,
      { field },
    );
  }
  return pattern;
}

/** A time: a `Date`, a protobuf `Timestamp`, or ISO 8601 text with a zone. */
export type TimeInput = Date | string | { readonly seconds: bigint; readonly nanos: number };

/** A value in the server's words, or what is wrong with the one given. */
export type Encoded = { readonly text: string } | { readonly fault: string };

const secondsOfYear1 = -62_135_596_800n;
const secondsOfYear10000 = 253_402_300_800n;

/**
 * Writes a time as FlyteAdmin's database reads it: in UTC, cut down to microseconds.
 *
 * A column holds microseconds, cut down; a finer literal would be rounded, and then miss the row
 * that it was read from.
 */
function encodeTime(value: unknown): Encoded {
  if (value instanceof Date) {
    const ms = value.getTime();
    if (Number.isNaN(ms)) return { fault: "is an invalid Date" };
    return format(BigInt(Math.floor(ms / 1000)), (((ms % 1000) + 1000) % 1000) * 1000);
  }
  if (typeof value === "string") return parse(value);
  if (typeof value === "object" && value !== null && "seconds" in value && "nanos" in value) {
    const { seconds, nanos } = value;
    if (typeof seconds === "bigint" && isNanos(nanos)) {
      return format(seconds, Math.floor(nanos / 1000));
    }
  }
  const remedy = typeof value === "number" ? "; for milliseconds since 1970 write new Date(…)" : "";
  return {
    fault: `is ${describeValue(value)}; a time is a Date, a Timestamp or an ISO 8601 string${remedy}`,
  };
}

function isNanos(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 999_999_999;
}

function parse(text: string): Encoded {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(
      text,
    );
  const fault = {
    fault: `is ${describeValue(text)}; a time reads like 2024-01-31T00:00:00.123456Z, with its zone, or 2024-01-31 for midnight UTC`,
  };
  if (match === null) return fault;
  const [, date = "", clock = "00:00", seconds = "00", fraction = "", zone = "Z"] = match;
  const local = Date.parse(`${date}T${clock}:${seconds}Z`);
  const offsetMinutes = zoneMinutes(zone);
  // Date.parse lets 31 February run into March, and 24:00 into the next day.
  if (
    Number.isNaN(local) ||
    offsetMinutes === undefined ||
    new Date(local).toISOString().slice(0, 19) !== `${date}T${clock}:${seconds}`
  ) {
    return fault;
  }
  return format(
    BigInt(local / 1000 - offsetMinutes * 60),
    Number(fraction.padEnd(6, "0").slice(0, 6)),
  );
}

function zoneMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function format(seconds: bigint, micros: number): Encoded {
  if (seconds < secondsOfYear1 || seconds >= secondsOfYear10000) {
    return { fault: "lies outside the years 1 to 9999" };
  }
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return { text: `${date}.${String(micros).padStart(6, "0")}Z` };
}

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
function encodeDuration(value: unknown): Encoded {
  const nanos = toNanos(value);
  if (nanos === undefined) {
    const given = typeof value === "number" ? describeValue(value) : "something else";
    return {
      fault: `is ${given}; a duration is { ms }, { seconds } or a Duration, of finite numbers, such as { ms: 1500 }`,
    };
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
