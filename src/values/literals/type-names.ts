import { type LiteralType, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";

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

/** What a value of a type is called in an error. */
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
