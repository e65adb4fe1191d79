import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

import {
  BlobType_BlobDimensionality,
  type LiteralType,
  SimpleType,
} from "../../../gen/flyteidl/core/types_pb.js";
import { isJsonSchema } from "../json-schema.js";
import { embedSchema } from "./embed-schema.js";
import { patterns } from "./simple-value.js";

/** The schemas of dataclasses, by the name that references use. */
export type Definitions = Map<string, JsonObject>;

/**
 * Returns the JSON schema of the values of a type, in the form that `literalsToJson` writes.
 *
 * @param name - of the definition, where the type is a dataclass
 */
export function typeSchema(
  type: LiteralType | undefined,
  name: string,
  definitions: Definitions,
): JsonObject {
  const kind = type?.type;
  switch (kind?.case) {
    case "simple":
      return kind.value === SimpleType.STRUCT
        ? structSchema(type?.metadata, name, definitions)
        : simpleSchema(kind.value);
    case "collectionType":
      return { type: "array", items: typeSchema(kind.value, `${name}.items`, definitions) };
    case "mapValueType": {
      const values = typeSchema(kind.value, `${name}.values`, definitions);
      return { type: "object", additionalProperties: values };
    }
    case "enumType":
      // JSON Schema has no empty enum.
      return kind.value.values.length === 0
        ? { not: {} }
        : { type: "string", enum: [...new Set(kind.value.values)] };
    case "unionType":
      return unionSchema(kind.value.variants, name, definitions);
    case "blob": {
      const dimensionality = BlobType_BlobDimensionality[kind.value.dimensionality];
      return referenceSchema("blob", kind.value.format, {
        dimensionality: { const: dimensionality },
      });
    }
    case "schema":
      return referenceSchema("schema", undefined, {});
    case "structuredDatasetType":
      return referenceSchema("structuredDataset", kind.value.format, {});
    case undefined:
      return { not: {} };
  }
}

function simpleSchema(type: SimpleType): JsonObject {
  switch (type) {
    case SimpleType.NONE:
      return { type: "null" };
    case SimpleType.INTEGER:
      return {
        type: "integer",
        minimum: Number.MIN_SAFE_INTEGER,
        maximum: Number.MAX_SAFE_INTEGER,
      };
    case SimpleType.FLOAT:
      return { type: "number" };
    case SimpleType.STRING:
      return { type: "string" };
    case SimpleType.BOOLEAN:
      return { type: "boolean" };
    case SimpleType.DATETIME:
      return { type: "string", format: "date-time", pattern: patterns.datetime };
    case SimpleType.DURATION:
      return { type: "string", pattern: patterns.duration, examples: ["90s", "1.5s"] };
    case SimpleType.BINARY:
      return objectSchema(
        "binary",
        {
          value: { type: "string", contentEncoding: "base64", pattern: patterns.base64 },
          tag: { type: "string" },
        },
        ["value", "tag"],
      );
    case SimpleType.ERROR:
      return objectSchema(
        "error",
        { message: { type: "string" }, failedNodeId: { type: "string" } },
        ["message"],
      );
    default:
      return { type: "object" };
  }
}

function structSchema(
  metadata: JsonObject | undefined,
  name: string,
  definitions: Definitions,
): JsonObject {
  if (!isJsonSchema(metadata)) return { type: "object" };
  let key = name;
  while (definitions.has(key)) key += "_";
  const reference = `#/$defs/${pointerPart(key)}`;
  definitions.set(key, embedSchema(metadata, reference));
  return { type: "object", $ref: reference };
}

/** A part of a JSON pointer, inside a URL's fragment. */
function pointerPart(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

const nullable: readonly JsonValue[] = ["string", "integer", "number", "boolean"];

/** An optional value of a simple kind is one field with two types, which forms show as that field. */
function unionSchema(
  variants: readonly LiteralType[],
  name: string,
  definitions: Definitions,
): JsonObject {
  const schemas = variants.map((variant, at) => typeSchema(variant, `${name}.${at}`, definitions));
  if (schemas.length === 0) return { not: {} };
  const others = schemas.filter(({ type }) => type !== "null");
  const [only] = others;
  if (others.length === 1 && only !== undefined && others.length < schemas.length) {
    const { type = null, enum: values } = only;
    const isField = nullable.includes(type) && values === undefined;
    if (isField) return { ...only, type: [type, "null"] };
  }
  return {
    anyOf: schemas.map((schema, at) => ({ title: variantTitle(variants[at], schema), ...schema })),
  };
}

function variantTitle(variant: LiteralType | undefined, { type }: JsonObject): string {
  const kind = variant?.type;
  if (kind?.case === "simple") return SimpleType[kind.value].toLowerCase();
  if (kind?.case === "structuredDatasetType") return "dataset";
  if (kind?.case === "blob")
    return kind.value.dimensionality === BlobType_BlobDimensionality.MULTIPART ? "folder" : "file";
  return typeof type === "string" ? type : "value";
}

/** A reference: its URI, and its format where the type leaves it open. The rest has one value. */
function referenceSchema(kind: string, format: string | undefined, fixed: JsonObject): JsonObject {
  const properties: JsonObject = { uri: { type: "string", minLength: 1 } };
  if (format === "")
    return objectSchema(kind, { ...properties, format: { type: "string" } }, ["uri"], fixed);
  const ownFormat = format === undefined ? {} : { format: { enum: [format, ""] } };
  return objectSchema(kind, properties, ["uri"], { ...fixed, ...ownFormat });
}

/**
 * An object with a kind. What has one value is no property of its own, so that a form does not show a field for it; JSON
 * of literals has it, and other values are excluded.
 */
function objectSchema(
  kind: string,
  properties: JsonObject,
  required: string[],
  fixed: JsonObject = {},
): JsonObject {
  const all: JsonObject = { kind: { const: kind }, ...fixed };
  const others = Object.entries(all).map(([name, schema]) => ({
    type: "object",
    properties: { [name]: { not: schema } },
    required: [name],
  }));
  return { type: "object", properties, required, not: { anyOf: others } };
}
