import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { expected, enterMember, type Place } from "./literal-error.js";
import type { LiteralValue } from "./literal-value.js";

/** Sets a member also where its name is `__proto__`. */
export function setMember<Value>(target: Record<string, Value>, key: string, value: Value): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Whether a value is an object of names and values, and no array, Date or bytes. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Date) && !(value instanceof Uint8Array);
}

/**
 * Copies what a binary encoding carries: null, booleans, numbers, bigints of
 * 64 bits, strings, bytes, Dates, arrays and objects, not nested too deep.
 */
export function toPlainValue(value: unknown, place: Place): LiteralValue {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "number":
      return value;
    case "bigint":
      if (value < 2n ** 64n && value >= -(2n ** 63n)) return value;
      break;
    case "object":
      if (value === null) return null;
      if (value instanceof Uint8Array || value instanceof Date) return value;
      if (Array.isArray(value)) {
        return value.map((inner: unknown, at) => toPlainValue(inner, enterMember(place, at)));
      }
      if (isRecord(value)) return toPlainRecord(value, place);
  }
  throw expected(place.path, "a value that the encoding has", value);
}

function toPlainRecord(value: Readonly<Record<string, unknown>>, place: Place): LiteralValue {
  const copy: Record<string, LiteralValue> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== undefined) setMember(copy, key, toPlainValue(inner, enterMember(place, key)));
  }
  return copy;
}

/**
 * Copies what a `google.protobuf.Struct` can carry: null, booleans, finite
 * numbers, strings, arrays and objects. Anything else would be lost.
 */
export function toJsonObject(value: unknown, place: Place): JsonObject {
  if (!isRecord(value)) throw expected(place.path, "an object", value);
  const copy: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    setMember(copy, key, toJson(inner, enterMember(place, key)));
  }
  return copy;
}

function toJson(value: unknown, place: Place): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw expected(place.path, "a finite number, the only kind that JSON has", value);
  }
  if (Array.isArray(value)) {
    return value.map((inner: unknown, at) => toJson(inner, enterMember(place, at)));
  }
  if (isRecord(value)) return toJsonObject(value, place);
  throw expected(place.path, "a value that JSON has", value);
}
