import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

/** The drafts that the server's library reads; a schema that names none is one of them. */
const knownDrafts: readonly JsonValue[] = [
  "http://json-schema.org/schema#",
  "http://json-schema.org/draft-07/schema#",
  "http://json-schema.org/draft-06/schema#",
  "http://json-schema.org/draft-04/schema#",
];

/** More references in a row than a schema can mean. */
const maxReferences = 64;

/** How deep a schema is read: one that contains itself has no end. */
const maxDepth = 64;

/** A JSON schema whose references, to parts of its own document, are followed. */
export interface JsonSchema {
  readonly types: readonly JsonValue[];
  get(keyword: string): JsonValue | undefined;
  list(keyword: string): readonly JsonValue[];
  /** The schemas under a keyword, which may be one or a list. */
  schemas(keyword: string): readonly JsonSchema[];
  properties(): ReadonlyMap<string, JsonSchema>;
}

/** Reads a document as a schema. Nothing is returned when it is empty, or of a draft that the server does not know. */
export function readSchema(document: JsonObject): JsonSchema | undefined {
  if (Object.keys(document).length === 0) return undefined;
  const draft = document["$schema"];
  if (draft !== undefined && !knownDrafts.includes(draft)) return undefined;
  return schemaIn(document, document, 0);
}

/** Whether two JSON values are the same, with the members of objects in any order. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

function schemaIn(document: JsonObject, value: JsonValue, depth: number): JsonSchema {
  const schema: JsonObject = depth > maxDepth ? {} : resolved(document, value);
  const inner = (each: JsonValue) => schemaIn(document, each, depth + 1);
  const get = (keyword: string) => schema[keyword];
  const list = (keyword: string) => asList(get(keyword));
  return {
    types: typesOf(get("type")),
    get,
    list,
    schemas: (keyword) => {
      const found = get(keyword);
      const schemas = isObject(found) ? [found] : asList(found);
      return schemas.map(inner);
    },
    properties: () => {
      const found = get("properties");
      const entries = isObject(found) ? Object.entries(found) : [];
      return new Map(entries.map(([name, each]) => [name, inner(each)]));
    },
  };
}

/** A schema that is only true or false has no keywords. */
function resolved(document: JsonObject, value: JsonValue): JsonObject {
  let schema = value;
  for (let count = 0; count < maxReferences; count += 1) {
    if (!isObject(schema)) return {};
    const reference = schema["$ref"];
    if (typeof reference !== "string") return schema;
    schema = referenced(document, reference);
  }
  return {};
}

function referenced(document: JsonObject, reference: string): JsonValue {
  const steps = reference.replace(/^#\/?/, "").split("/").filter(Boolean);
  let found: JsonValue = document;
  for (const step of steps) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    found = isObject(found) ? (found[key] ?? {}) : {};
  }
  return found;
}

function typesOf(type: JsonValue | undefined): readonly JsonValue[] {
  if (type === undefined) return [];
  return Array.isArray(type) ? type : [type];
}

function asList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
