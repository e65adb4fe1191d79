import { FieldFault } from "./field-fault.js";

/** Reads a decimal integer as `strconv.ParseInt` and `strconv.ParseUint` do. */
export function parseInteger(text: string, bits: 32 | 64, signed: boolean): bigint {
  const name = signed ? "ParseInt" : "ParseUint";
  const pattern = signed ? /^[+-]?[0-9]+$/ : /^[0-9]+$/;
  if (!pattern.test(text)) throw numberFault(name, text, "invalid syntax");
  const value = BigInt(text.replace(/^\+/, ""));
  const range = 1n << BigInt(signed ? bits - 1 : bits);
  if (value >= range || value < (signed ? -range : 0n)) {
    throw numberFault(name, text, "value out of range");
  }
  return value;
}

/** Reads a number as `strconv.ParseFloat` does, but for hexadecimal ones. */
export function parseFloating(text: string): number {
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special !== null) {
    if (special[2]?.toLowerCase() === "nan") return Number.NaN;
    return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) {
    throw numberFault("ParseFloat", text, "invalid syntax");
  }
  const value = Number(text);
  if (!Number.isFinite(value)) throw numberFault("ParseFloat", text, "value out of range");
  return value;
}

/** Reads a truth value as `strconv.ParseBool` does. */
export function parseBoolean(text: string): boolean {
  if (["1", "t", "T", "true", "TRUE", "True"].includes(text)) return true;
  if (["0", "f", "F", "false", "FALSE", "False"].includes(text)) return false;
  throw numberFault("ParseBool", text, "invalid syntax");
}

function numberFault(name: string, text: string, what: string): FieldFault {
  return new FieldFault(`strconv.${name}: parsing ${JSON.stringify(text)}: ${what}`);
}
