import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

import { isJsonObject, referencedSchema } from "../json-schema.js";

type Check = (value: JsonValue, context: Context) => JsonValue | undefined;

interface Context {
  /** The document that references are inside of. */
  readonly document: JsonObject;
  /** The reference to the embedded document, such as `#/$defs/config`. */
  readonly base: string;
}

/**
 * Returns a schema of any draft as a part of a larger one of 2020-12: references lead into the part, and what a
 * validator would refuse is left out, such as a type or a format that does not exist.
 */
export function embedSchema(document: JsonObject, base: string): JsonObject {
  const embedded = copySchema(document, { document, base });
  return isJsonObject(embedded) ? embedded : {};
}

function copySchema(schema: JsonValue, context: Context): JsonValue {
  if (typeof schema === "boolean") return schema;
  if (!isJsonObject(schema)) return true;
  const copy: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const checked = Object.hasOwn(keywords, keyword)
      ? keywords[keyword]?.(value, context)
      : undefined;
    if (checked !== undefined) copy[keyword] = checked;
  }
  // A list of items is what 2020-12 calls prefixItems.
  if (Array.isArray(schema["items"])) {
    delete copy["items"];
    const items = schemas(schema["items"], context);
    if (items !== undefined) copy["prefixItems"] = items;
  }
  return copy;
}

const types: readonly JsonValue[] = [
  "string",
  "integer",
  "number",
  "boolean",
  "null",
  "array",
  "object",
];

const formats: readonly JsonValue[] = ["date-time", "date", "time", "email", "uri", "uuid"];

const any: Check = (value) => value;
const text: Check = (value) => (typeof value === "string" ? value : undefined);
const flag: Check = (value) => (typeof value === "boolean" ? value : undefined);
const number: Check = (value) => (typeof value === "number" ? value : undefined);
const count: Check = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
const schemas: Check = (value, context) =>
  Array.isArray(value) && value.length > 0
    ? value.map((each) => copySchema(each, context))
    : undefined;
const schemasByName: Check = (value, context) =>
  isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, copySchema(each, context)]),
      )
    : undefined;

/** The keywords that are kept. */
const keywords: Readonly<Partial<Record<string, Check>>> = {
  $ref: (value, { document, base }) => {
    if (typeof value !== "string" || !value.startsWith("#")) return undefined;
    return isInside(document, value) ? base + value.slice(1) : undefined;
  },
  $defs: schemasByName,
  definitions: schemasByName,
  type: (value) => {
    const names = Array.isArray(value) ? value : [value];
    const isKnown = names.length > 0 && names.every((name) => types.includes(name));
    return isKnown ? value : undefined;
  },
  title: text,
  description: text,
  default: any,
  const: any,
  enum: (value) => (Array.isArray(value) && value.length > 0 ? [...new Set(value)] : undefined),
  examples: (value) => (Array.isArray(value) ? value : undefined),
  format: (value) => (formats.includes(value) ? value : undefined),
  pattern: (value) => (typeof value === "string" && isPattern(value) ? value : undefined),
  minLength: count,
  maxLength: count,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: (value) => (typeof value === "number" && value > 0 ? value : undefined),
  minItems: count,
  maxItems: count,
  uniqueItems: flag,
  minProperties: count,
  maxProperties: count,
  properties: schemasByName,
  required: (value) => {
    if (!Array.isArray(value)) return undefined;
    return [...new Set(value.filter((name) => typeof name === "string"))];
  },
  additionalProperties: copySchema,
  items: copySchema,
  prefixItems: schemas,
  anyOf: schemas,
  oneOf: schemas,
  allOf: schemas,
  not: copySchema,
};

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").source !== "";
  } catch {
    return false;
  }
}

/** Whether a reference leads to a schema of the document, by keywords that a copy keeps. */
function isInside(document: JsonObject, reference: string): boolean {
  const [, keyword] = reference.split("/");
  const found = referencedSchema(document, reference);
  return (
    (isJsonObject(found) || typeof found === "boolean") &&
    (keyword === undefined || Object.hasOwn(keywords, keyword))
  );
}
