import { databaseError } from "../server-errors.js";
import { type ColumnKind, type ColumnLiteral, sqlType } from "./column.js";
import { parseTimestamp } from "./sql-timestamp.js";

/**
 * The value of a filter as the database casts it to the column's type.
 * @throws UNKNOWN when it cannot
 */
export function castValue(value: string | bigint, kind: ColumnKind, now: Date): ColumnLiteral {
  if (typeof value === "bigint") return value;
  if (value.includes("\u0000"))
    throw databaseError('invalid byte sequence for encoding "UTF8": 0x00');
  switch (kind) {
    case "text":
    case "varchar":
      return value;
    case "integer":
      return castNumber(value, kind, 31n);
    case "bigint":
    case "duration":
      return castNumber(value, kind, 63n);
    case "timestamp":
      return parseTimestamp(value, now);
    case "bytes":
      return castBytes(value);
  }
}

function castNumber(value: string, kind: ColumnKind, bits: bigint): number | bigint {
  const trimmed = value.trim();
  if (!/^[+-]?\d+$/.test(trimmed))
    throw databaseError(`invalid input syntax for type ${sqlType(kind)}: "${value}"`);
  const number = BigInt(trimmed.replace("+", ""));
  if (number >= 1n << bits || number < -(1n << bits)) {
    throw databaseError(`value "${value}" is out of range for type ${sqlType(kind)}`);
  }
  return Number.isSafeInteger(Number(number)) ? Number(number) : number;
}

function castBytes(value: string): string {
  if (value.startsWith("\\x")) return castHex(value.slice(2).replace(/\s/g, ""));
  const utf8 = Array.from(new TextEncoder().encode(value), (byte) =>
    String.fromCharCode(byte),
  ).join("");
  return utf8.replace(/\\(\\|[0-3][0-7]{2})?/g, (_, escaped: string | undefined) => {
    if (escaped === undefined) throw databaseError("invalid input syntax for type bytea");
    return escaped === "\\" ? "\\" : String.fromCharCode(parseInt(escaped, 8));
  });
}

function castHex(digits: string): string {
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong !== null) throw databaseError(`invalid hexadecimal digit: "${wrong[0]}"`);
  if (digits.length % 2 !== 0)
    throw databaseError("invalid hexadecimal data: odd number of digits");
  return digits.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)));
}

/** Orders two values of one column; both are of the column's kind. */
export function compareValues(a: ColumnLiteral, b: ColumnLiteral): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
