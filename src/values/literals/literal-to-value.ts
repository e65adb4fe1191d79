import { timestampDate } from "@bufbuild/protobuf/wkt";

import type { Binary, Literal, Primitive, Scalar } from "../../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { describeLiteral, typeName } from "./describe-literal.js";
import { expected, enterMember, LiteralError, type Place } from "./literal-error.js";
import type { LiteralValue } from "./literal-value.js";
import type { BinaryDecoder } from "./msgpack.js";
import { setMember, toPlainValue } from "./plain-value.js";
import { blobRef, schemaRef, structuredDatasetRef } from "./references.js";

/** Options of converting literals to values. */
export interface LiteralToValueOptions {
  /**
   * The type that the literal must have, from the interface of the task or
   * workflow; a literal of another type throws.
   * @defaultValue what the literal itself says
   */
  readonly type?: LiteralType | undefined;
  /**
   * The type for integers; a `number` that could not hold its integer throws.
   * @defaultValue `"bigint"`
   */
  readonly integers?: "bigint" | "number" | undefined;
  /**
   * The type for datetimes: a `Date` drops what is below a millisecond, a protobuf
   * `Timestamp` keeps the nanoseconds.
   * @defaultValue `"date"`
   */
  readonly datetimes?: "date" | "timestamp" | undefined;
  /**
   * The form of unions: the `value` alone, or `tagged` with its variant.
   * @defaultValue `"value"`
   */
  readonly unions?: "value" | "tagged" | undefined;
  /**
   * Decodes binary literals of its tag, such as `msgpack`.
   * @defaultValue none: they stay bytes, with their tag
   */
  readonly binary?: BinaryDecoder | undefined;
  /**
   * The name of the literal in errors.
   * @defaultValue `"value"`
   */
  readonly path?: string | undefined;
}

/** The names of {@link LiteralToValueOptions}. */
const literalToValueNames: OptionNames<LiteralToValueOptions> = {
  type: true,
  integers: true,
  datetimes: true,
  unions: true,
  binary: true,
  path: true,
};

/**
 * The JavaScript value of a literal. Integers, unions, datetimes and binary data
 * follow the options; the literal's `hash` and `metadata` are left behind.
 *
 * @throws LiteralError naming the place, where the literal is not of the type,
 * holds nothing, or is nested deeper than 100 levels.
 */
export function literalToValue(
  literal: Literal,
  options: LiteralToValueOptions = {},
): LiteralValue {
  requireKnownOptions(options, literalToValueNames);
  return convert(literal, options.type, options, { path: options.path ?? "value", depth: 0 });
}

function convert(
  literal: Literal,
  type: LiteralType | undefined,
  options: LiteralToValueOptions,
  place: Place,
): LiteralValue {
  checkLiteral(literal, place);
  const own = type === undefined ? undefined : matching(literal, type, place);
  switch (literal.value.case) {
    case "scalar": {
      const scalar = literal.value.value;
      if (scalar.value.case !== "union") return scalarToValue(scalar, options, place);
      const { value: inner, type: variant } = scalar.value.value;
      if (inner === undefined) throw new LiteralError(place.path, "the union holds nothing");
      const value = convert(inner, variant, options, enterMember(place));
      return options.unions === "tagged" ? { kind: "union", value, type: variant } : value;
    }
    case "collection": {
      const inner = own?.type.case === "collectionType" ? own.type.value : undefined;
      return literal.value.value.literals.map((item, at) =>
        convert(item, inner, options, enterMember(place, at)),
      );
    }
    case "map": {
      const inner = own?.type.case === "mapValueType" ? own.type.value : undefined;
      const values: Record<string, LiteralValue> = {};
      for (const [key, item] of Object.entries(literal.value.value.literals)) {
        setMember(values, key, convert(item, inner, options, enterMember(place, key)));
      }
      return values;
    }
    case "offloadedMetadata": {
      const { uri, sizeBytes, inferredType } = literal.value.value;
      return { kind: "offloaded", uri, sizeBytes, type: inferredType };
    }
    case undefined:
      throw new LiteralError(place.path, "the literal holds nothing");
  }
}

/** JavaScript may pass anything for a literal. */
function checkLiteral(literal: unknown, { path }: Place): void {
  const isLiteral = typeof literal === "object" && literal !== null && "value" in literal;
  if (!isLiteral || typeof literal.value !== "object" || literal.value === null) {
    throw expected(path, "a Literal", literal);
  }
}

/** The type that a literal has to its members: of a union, the variant that it belongs to. */
function matching(literal: Literal, type: LiteralType, place: Place): LiteralType {
  if (!fits(literal, type)) {
    const problem = `expected ${typeName(type)}, got ${describeLiteral(literal)}`;
    throw new LiteralError(place.path, problem);
  }
  if (type.type.case !== "unionType") return type;
  return type.type.value.variants.find((variant) => fits(literal, variant)) ?? type;
}

/** The value of a scalar other than a union. */
function scalarToValue(
  { value: scalar }: Scalar,
  options: LiteralToValueOptions,
  place: Place,
): LiteralValue {
  switch (scalar.case) {
    case "primitive":
      return primitive(scalar.value, options, place);
    case "binary":
      return binary(scalar.value, options, place);
    case "generic":
      return scalar.value;
    case "noneType":
      return null;
    case "error":
      return {
        kind: "error",
        failedNodeId: scalar.value.failedNodeId,
        message: scalar.value.message,
      };
    case "blob":
      return blobRef(scalar.value);
    case "schema":
      return schemaRef(scalar.value);
    case "structuredDataset":
      return structuredDatasetRef(scalar.value);
    case "union":
    case undefined:
      throw new LiteralError(place.path, "the literal holds nothing");
  }
}

function primitive(
  { value }: Primitive,
  options: LiteralToValueOptions,
  place: Place,
): LiteralValue {
  switch (value.case) {
    case "integer":
      return options.integers === "number" ? toSafeNumber(value.value, place) : value.value;
    case "datetime":
      return options.datetimes === "timestamp" ? value.value : timestampDate(value.value);
    case undefined:
      throw new LiteralError(place.path, "the literal holds nothing");
    default:
      return value.value;
  }
}

function toSafeNumber(value: bigint, place: Place): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw expected(place.path, 'an integer that a number can hold (or integers: "bigint")', value);
}

function binary(
  { value, tag }: Binary,
  { binary: codec }: LiteralToValueOptions,
  place: Place,
): LiteralValue {
  if (codec?.tag !== tag) return { kind: "binary", value, tag };
  let decoded: unknown;
  try {
    decoded = codec.decode(value);
  } catch {
    throw new LiteralError(place.path, `the ${value.length} bytes do not decode as ${tag}`);
  }
  return toPlainValue(decoded, place);
}

const primitives: Readonly<Partial<Record<SimpleType, Primitive["value"]["case"]>>> = {
  [SimpleType.INTEGER]: "integer",
  [SimpleType.FLOAT]: "floatValue",
  [SimpleType.STRING]: "stringValue",
  [SimpleType.BOOLEAN]: "boolean",
  [SimpleType.DATETIME]: "datetime",
  [SimpleType.DURATION]: "duration",
};

/** Whether a literal is of a type, its members left out. A value held elsewhere passes for any type. */
function fits(literal: Literal, type: LiteralType): boolean {
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
