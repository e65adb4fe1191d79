import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

import { expected } from "./literal-error.js";
import { into, isRecord, type Place, setMember } from "./walk.js";

/**
 * Copies what a `google.protobuf.Struct` can carry: null, booleans, finite
 * numbers, strings, arrays and objects. Anything else would be lost.
 */
export function toJsonObject(value: unknown, place: Place): JsonObject {
  if (!isRecord(value)) throw expected(place.path, "an object", value);
  const copy: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    setMember(copy, key, toJson(inner, into(place, key)));
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
    return value.map((inner: unknown, at) => toJson(inner, into(place, at)));
  }
  if (isRecord(value)) return toJsonObject(value, place);
  throw expected(place.path, "a value that JSON has", value);
}
