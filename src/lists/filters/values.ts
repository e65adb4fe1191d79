import type { Column } from "./column.js";
import { type Encoded, encodeDuration, encodeTime } from "./time-value.js";
import { enumNames, type EnumValues, storedEnumValue } from "./enums.js";
import { InvalidFilterError } from "../../errors/index.js";
import { closestName } from "../../internal/validation/index.js";

/**
 * Writes a value as the server reads it in that column.
 *
 * What it could not read it would answer with UNKNOWN, from the database.
 *
 * @throws InvalidFilterError when the value is none for the column.
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
        : { fault: `is of type ${typeof value}; it must be a string` };
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
  const closest = typeof value === "string" ? closestName(value, names) : undefined;
  return closest === undefined
    ? `is ${describe(value)}; it must be one of ${names.join(", ")}`
    : `is ${describe(value)}. Use ${JSON.stringify(closest)}`;
}

function encodeInt(value: unknown): Encoded {
  const isInt64 = typeof value === "bigint" && BigInt.asIntN(64, value) === value;
  if (Number.isSafeInteger(value) || isInt64) return { text: String(value) };
  return { fault: `is ${describe(value)}; it must be a safe integer, or a bigint of 64 bits` };
}

function describe(value: unknown): string {
  return typeof value === "string"
    ? JSON.stringify(value.slice(0, 100))
    : typeof value === "number" || typeof value === "bigint"
      ? String(value)
      : `of type ${typeof value}`;
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
      `the pattern for ${field} ends in a lone backslash; write two for one that stands for itself`,
      { field },
    );
  }
  return pattern;
}
