import type { Literal, Primitive, Scalar } from "../../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { show } from "./literal-error.js";

const scalarNames: Readonly<Record<NonNullable<Scalar["value"]["case"]>, string>> = {
  primitive: "a primitive",
  blob: "a blob",
  binary: "binary data",
  schema: "a schema",
  noneType: "null",
  error: "an error",
  generic: "a struct",
  structuredDataset: "a structured dataset",
  union: "a union",
};

/** A literal in a few words, for errors. */
export function describeLiteral(literal: Literal): string {
  switch (literal.value.case) {
    case "scalar":
      return describeScalar(literal.value.value);
    case "collection":
      return `a collection of ${literal.value.value.literals.length}`;
    case "map":
      return `a map of ${Object.keys(literal.value.value.literals).length}`;
    case "offloadedMetadata":
      return "an offloaded literal";
    case undefined:
      return "a literal that holds nothing";
  }
}

function describeScalar({ value }: Scalar): string {
  if (value.case === undefined) return "a literal that holds nothing";
  return value.case === "primitive" ? describePrimitive(value.value) : scalarNames[value.case];
}

function describePrimitive({ value }: Primitive): string {
  switch (value.case) {
    case "datetime":
      return "a datetime";
    case "duration":
      return "a duration";
    case undefined:
      return "a literal that holds nothing";
    default:
      return show(value.value);
  }
}

const simpleNames: Readonly<Record<SimpleType, string>> = {
  [SimpleType.NONE]: "null",
  [SimpleType.INTEGER]: "an integer",
  [SimpleType.FLOAT]: "a number",
  [SimpleType.STRING]: "a string",
  [SimpleType.BOOLEAN]: "a boolean",
  [SimpleType.DATETIME]: "a datetime",
  [SimpleType.DURATION]: "a duration",
  [SimpleType.BINARY]: "binary data",
  [SimpleType.ERROR]: "an error",
  [SimpleType.STRUCT]: "a struct",
};

/** Returns the name of a type's values in an error. */
export function typeName(type: LiteralType): string {
  switch (type.type.case) {
    case "simple":
      return simpleNames[type.type.value];
    case "schema":
      return "a schema";
    case "collectionType":
      return "a collection";
    case "mapValueType":
      return "a map";
    case "blob":
      return "a blob";
    case "enumType":
      return `one of ${type.type.value.values.join(", ")}`;
    case "structuredDatasetType":
      return "a structured dataset";
    case "unionType":
      return `one of ${type.type.value.variants.length} variants`;
    case undefined:
      return "a value of no type";
  }
}
