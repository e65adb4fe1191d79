import type { Literal, Primitive, Scalar } from "../../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";

const primitives: Readonly<Partial<Record<SimpleType, Primitive["value"]["case"]>>> = {
  [SimpleType.INTEGER]: "integer",
  [SimpleType.FLOAT]: "floatValue",
  [SimpleType.STRING]: "stringValue",
  [SimpleType.BOOLEAN]: "boolean",
  [SimpleType.DATETIME]: "datetime",
  [SimpleType.DURATION]: "duration",
};

/** Whether a literal is of a type, its members left out. A value held elsewhere passes for any type. */
export function fits(literal: Literal, type: LiteralType): boolean {
  if (literal.value.case === "offloadedMetadata") return true;
  const scalar = literal.value.case === "scalar" ? literal.value.value : undefined;
  switch (type.type.case) {
    case "collectionType":
      return literal.value.case === "collection";
    case "mapValueType":
      return literal.value.case === "map";
    case "simple":
      return scalar !== undefined && isSimple(scalar, type.type.value);
    case "blob":
      return scalar?.value.case === "blob";
    case "schema":
    case "structuredDatasetType":
      return scalar?.value.case === "schema" || scalar?.value.case === "structuredDataset";
    case "enumType":
      return scalar !== undefined && type.type.value.values.includes(text(scalar) ?? "");
    case "unionType":
      return (
        scalar?.value.case === "union" ||
        type.type.value.variants.some((variant) => fits(literal, variant))
      );
    case undefined:
      return true;
  }
}

function isSimple(scalar: Scalar, type: SimpleType): boolean {
  switch (type) {
    case SimpleType.NONE:
      return scalar.value.case === "noneType";
    case SimpleType.ERROR:
      return scalar.value.case === "error";
    case SimpleType.BINARY:
      return scalar.value.case === "binary";
    case SimpleType.STRUCT:
      return scalar.value.case === "generic" || scalar.value.case === "binary";
    default:
      return (
        scalar.value.case === "primitive" && scalar.value.value.value.case === primitives[type]
      );
  }
}

function text(scalar: Scalar): string | undefined {
  if (scalar.value.case !== "primitive") return undefined;
  const { value } = scalar.value.value;
  return value.case === "stringValue" ? value.value : undefined;
}
