import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

/** Whether the metadata of a struct's type is a JSON schema of its values, as SDKs write it for dataclasses. */
export function isJsonSchema(metadata: JsonObject | undefined): metadata is JsonObject {
  const keywords = ["$ref", "type", "properties", "anyOf", "oneOf", "allOf", "enum"];
  return metadata !== undefined && keywords.some((keyword) => metadata[keyword] !== undefined);
}

/** Returns the part of a document that a reference such as `#/$defs/Config` names. */
export function referencedSchema(document: JsonObject, reference: string): JsonValue | undefined {
  if (!/^#(?:\/|$)/.test(reference)) return undefined;
  let found: JsonValue | undefined = document;
  for (const part of reference.split("/").slice(1)) {
    const key = decodePart(part);
    if (Array.isArray(found)) found = found[Number(key)];
    else if (isJsonObject(found) && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return found;
}

function decodePart(part: string): string {
  let decoded = part;
  try {
    decoded = decodeURIComponent(part);
  } catch {
    // As it is: a name may have a percent sign.
  }
  return decoded.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
