import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { type LiteralType, SimpleType } from "../../gen/flyteidl/core/types_pb.js";
import { isJsonObject, isJsonSchema, referencedSchema } from "../values/index.js";
import { comment, indent, propertyName, stringLiteral, sortedEntries } from "./text.js";

const simpleTypes: Readonly<Partial<Record<SimpleType, Readonly<Record<Side, string>>>>> = {
  [SimpleType.NONE]: { input: "null", output: "null" },
  [SimpleType.INTEGER]: { input: "bigint | number", output: "bigint" },
  [SimpleType.FLOAT]: { input: "number", output: "number" },
  [SimpleType.STRING]: { input: "string", output: "string" },
  [SimpleType.BOOLEAN]: { input: "boolean", output: "boolean" },
  [SimpleType.DATETIME]: { input: "Date | flyte.SecondsAndNanos", output: "Date" },
  [SimpleType.DURATION]: { input: "flyte.SecondsAndNanos", output: "flyte.Duration" },
  [SimpleType.BINARY]: {
    input: "{ readonly value: Uint8Array; readonly tag: string }",
    output: "flyte.LiteralValue",
  },
  [SimpleType.ERROR]: {
    input: "{ readonly message: string; readonly failedNodeId?: string }",
    output: "flyte.ErrorValue",
  },
  [SimpleType.STRUCT]: {
    input: "{ readonly [name: string]: unknown }",
    output: "{ readonly [name: string]: flyte.LiteralValue }",
  },
};

/** Returns the TypeScript type of the values that a launch takes, or an output has, for a type of Flyte. */
export function literalTypeText(type: LiteralType | undefined, side: Side): string {
  const kind = type?.type;
  switch (kind?.case) {
    case "simple":
      if (kind.value === SimpleType.STRUCT && isJsonSchema(type?.metadata)) {
        return jsonSchemaType(type.metadata, side);
      }
      return simpleTypes[kind.value]?.[side] ?? anyValue(side);
    case "collectionType":
      return `ReadonlyArray<${literalTypeText(kind.value, side)}>`;
    case "mapValueType":
      return `{ readonly [name: string]: ${literalTypeText(kind.value, side)} }`;
    case "enumType":
      return union(kind.value.values.map(stringLiteral));
    case "unionType":
      return union(kind.value.variants.map((variant) => literalTypeText(variant, side)));
    case "blob":
      return reference("BlobRef", side);
    case "schema":
      return side === "input"
        ? reference("SchemaRef", side)
        : "flyte.SchemaRef | flyte.StructuredDatasetRef";
    case "structuredDatasetType":
      return side === "input"
        ? reference("StructuredDatasetRef", side)
        : "flyte.SchemaRef | flyte.StructuredDatasetRef";
    case undefined:
      return anyValue(side);
  }
}

function reference(name: string, side: Side): string {
  return side === "input" ? `flyte.ReferenceInput<flyte.${name}>` : `flyte.${name}`;
}

/** The side of a launch plan that a type belongs to. */
export type Side = "input" | "output";

interface Context {
  readonly document: JsonObject;
  readonly side: Side;
  /** The references that are being followed. */
  readonly open: readonly string[];
  readonly depth: number;
}

/** Deeper than any dataclass, and short of what a compiler refuses. */
const maxDepth = 32;

/**
 * Returns the TypeScript type of the values of a JSON schema, as SDKs of Flyte write them for dataclasses and models.
 * A schema that contains itself is any value from there on.
 */
function jsonSchemaType(document: JsonObject, side: Side): string {
  return typeOf(document, { document, side, open: [], depth: 0 });
}

function typeOf(schema: JsonValue | undefined, context: Context): string {
  if (schema === false) return "never";
  if (!isJsonObject(schema) || context.depth > maxDepth) return anyValue(context.side);
  const inner = { ...context, depth: context.depth + 1 };
  const { $ref: reference, const: constant, enum: values, allOf } = schema;
  if (typeof reference === "string") return referenceType(reference, inner);
  if (constant !== undefined) return constantType(constant, inner);
  if (Array.isArray(values)) return union(values.map((value) => constantType(value, inner)));
  const variants = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(variants)) return union(variants.map((variant) => typeOf(variant, inner)));
  if (Array.isArray(allOf) && allOf.length > 0 && schema["properties"] === undefined) {
    return allOf.map((part) => `(${typeOf(part, inner)})`).join(" & ");
  }
  const { type } = schema;
  if (Array.isArray(type)) return union(type.map((name) => namedType(name, schema, inner)));
  return namedType(type ?? impliedType(schema), schema, inner);
}

function impliedType(schema: JsonObject): JsonValue | undefined {
  if (schema["properties"] !== undefined) return "object";
  return schema["items"] === undefined ? undefined : "array";
}

function namedType(name: JsonValue | undefined, schema: JsonObject, context: Context): string {
  switch (name) {
    case "string":
    case "boolean":
    case "null":
      return name;
    case "number":
      return "number";
    // Encoded in msgpack, integers beyond 2^53 come as bigints.
    case "integer":
      return context.side === "input" ? "number" : "number | bigint";
    case "array":
      return arrayType(schema, context);
    case "object":
      return objectType(schema, context);
    default:
      return anyValue(context.side);
  }
}

function arrayType(schema: JsonObject, context: Context): string {
  const { items } = schema;
  const members = schema["prefixItems"] ?? items;
  if (Array.isArray(members)) {
    return `readonly [${members.map((member) => typeOf(member, context)).join(", ")}]`;
  }
  return `ReadonlyArray<${typeOf(items, context)}>`;
}

function objectType(schema: JsonObject, context: Context): string {
  const { properties, required, additionalProperties } = schema;
  if (!isJsonObject(properties) || Object.keys(properties).length === 0) {
    return `{ readonly [name: string]: ${typeOf(additionalProperties ?? true, context)} }`;
  }
  const always = new Set(Array.isArray(required) ? required : []);
  const lines = sortedEntries(properties).map(([name, property]) => {
    const { description, default: defaultValue } = isJsonObject(property) ? property : {};
    // SDKs write all fields, also those that a caller may leave out.
    const isWritten = context.side === "output" && defaultValue !== undefined;
    const mark = always.has(name) || isWritten ? "" : "?";
    const text = typeof description === "string" ? comment([description]) : "";
    return `${text}readonly ${propertyName(name)}${mark}: ${typeOf(property, context)};`;
  });
  return `{\n  ${lines.map(indent).join("\n  ")}\n}`;
}

function referenceType(reference: string, context: Context): string {
  if (context.open.includes(reference)) return anyValue(context.side);
  const target = referencedSchema(context.document, reference);
  return typeOf(target, { ...context, open: [...context.open, reference] });
}

function constantType(value: JsonValue, { side }: Context): string {
  if (typeof value === "string") return stringLiteral(value);
  return typeof value === "object" && value !== null ? anyValue(side) : String(value);
}

/** Returns a union of types, each once. */
function union(types: readonly string[]): string {
  const alternatives = [
    ...new Set(types.flatMap((type) => (isFlatUnion(type) ? type.split(" | ") : [type]))),
  ];
  return alternatives.length === 0 ? "never" : alternatives.join(" | ");
}

/** Whether a text is a union of names and nothing nested, which may be split. */
function isFlatUnion(type: string): boolean {
  return /^[\w.]+(?: \| [\w.]+)+$/.test(type);
}

/** Returns the type of values that nothing is known of. */
function anyValue(side: Side): string {
  return side === "input" ? "unknown" : "flyte.LiteralValue";
}
