import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

/**
 * A JSON merge of an event's custom info into the stored one: later keys win,
 * objects merge key by key, anything else replaces, and `null` removes a key.
 */
export function mergeCustomInfo(
  existing: JsonObject | undefined,
  latest: JsonObject | undefined,
): JsonObject | undefined {
  if (existing === undefined || latest === undefined) return latest ?? existing;
  return mergeObjects(existing, latest);
}

function mergeObjects(existing: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(existing));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergeValue(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function mergeValue(existing: JsonValue | undefined, value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  return mergeObjects(isObject(existing) ? existing : {}, value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
