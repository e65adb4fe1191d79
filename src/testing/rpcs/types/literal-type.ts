import { create } from "@bufbuild/protobuf";

import type { Literal, Primitive, Scalar } from "../../../../gen/flyteidl/core/literals_pb.js";
import {
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../../../gen/flyteidl/core/types_pb.js";
import { messageText } from "../../go-format/index.js";

/**
 * The type of a literal. Nothing when its value determines none; the type of mixed
 * items is the union of theirs, and that of no items is `NONE`.
 */
export function literalType(literal: Literal): LiteralType | undefined {
  const { value } = literal;
  switch (value.case) {
    case "scalar":
      return scalarType(value.value);
    case "collection":
      return listType("collectionType", value.value.literals);
    case "map":
      return listType("mapValueType", Object.values(value.value.literals));
    case "offloadedMetadata":
      return value.value.inferredType;
    case undefined:
      return undefined;
  }
}

function listType(
  kind: "collectionType" | "mapValueType",
  literals: readonly Literal[],
): LiteralType {
  const inner = itemsType(literals);
  const type = create(LiteralTypeSchema);
  if (inner !== undefined) type.type = { case: kind, value: inner };
  return type;
}

function itemsType(literals: readonly Literal[]): LiteralType | undefined {
  const types = new Map<string, LiteralType | undefined>();
  let emptyList: LiteralType | undefined;
  for (const literal of literals) {
    const type = literalType(literal);
    const isEmptyList =
      literal.value.case === "collection" && literal.value.value.literals.length === 0;
    if (isEmptyList) emptyList = type;
    else types.set(messageText(LiteralTypeSchema, type), type);
  }
  if (types.size === 0) return emptyList ?? simpleType(SimpleType.NONE);
  const sorted = [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, type]) => type);
  return sorted.length === 1 ? sorted[0] : unionType(sorted);
}

function unionType(types: readonly (LiteralType | undefined)[]): LiteralType {
  const variants = types.flatMap((type) => unionVariants(type) ?? type ?? []);
  const union = create(LiteralTypeSchema, { type: { case: "unionType", value: { variants } } });
  if (!types.some((type) => unionVariants(type) !== undefined)) return union;
  return create(LiteralTypeSchema, { type: { case: "collectionType", value: union } });
}

function unionVariants(type: LiteralType | undefined): readonly LiteralType[] | undefined {
  if (type?.type.case !== "collectionType") return undefined;
  const inner = type.type.value.type;
  return inner.case === "unionType" ? inner.value.variants : undefined;
}

/** The type of a scalar. Nothing when its value determines none. */
export function scalarType(scalar: Scalar): LiteralType | undefined {
  const { value } = scalar;
  switch (value.case) {
    case "primitive":
      return simpleType(primitiveType(value.value));
    case "blob": {
      const type = value.value.metadata?.type;
      if (value.value.metadata === undefined) return undefined;
      return create(LiteralTypeSchema, { type: { case: "blob", value: type ?? {} } });
    }
    case "binary":
      // flytekit writes dataclasses and dicts this way.
      return simpleType(value.value.tag === "msgpack" ? SimpleType.STRUCT : SimpleType.BINARY);
    case "schema":
      return create(LiteralTypeSchema, { type: { case: "schema", value: value.value.type ?? {} } });
    case "structuredDataset": {
      const type = value.value.metadata?.structuredDatasetType ?? {};
      return create(LiteralTypeSchema, { type: { case: "structuredDatasetType", value: type } });
    }
    case "noneType":
      return simpleType(SimpleType.NONE);
    case "error":
      return simpleType(SimpleType.ERROR);
    case "generic":
      return simpleType(SimpleType.STRUCT);
    case "union": {
      const variants = value.value.type === undefined ? [] : [value.value.type];
      return create(LiteralTypeSchema, { type: { case: "unionType", value: { variants } } });
    }
    case undefined:
      return undefined;
  }
}

function primitiveType(primitive: Primitive): SimpleType {
  switch (primitive.value.case) {
    case "integer":
      return SimpleType.INTEGER;
    case "floatValue":
      return SimpleType.FLOAT;
    case "stringValue":
      return SimpleType.STRING;
    case "boolean":
      return SimpleType.BOOLEAN;
    case "datetime":
      return SimpleType.DATETIME;
    case "duration":
      return SimpleType.DURATION;
    case undefined:
      return SimpleType.NONE;
  }
}

function simpleType(value: SimpleType): LiteralType {
  return create(LiteralTypeSchema, { type: { case: "simple", value } });
}
