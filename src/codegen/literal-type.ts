import { type LiteralType, SimpleType } from "../../gen/flyteidl/core/types_pb.js";
import { isJsonSchema } from "../values/json-schema/index.js";
import { anyValue, jsonSchemaType, type Side, union } from "./json-schema-type.js";
import { quote } from "./text.js";

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
      return union(kind.value.values.map(quote));
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
