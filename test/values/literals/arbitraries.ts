import { create, type MessageInitShape } from "@bufbuild/protobuf";
import fc from "fast-check";

import { type Literal, LiteralSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  BlobType_BlobDimensionality,
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../../gen/flyteidl/core/types_pb.js";

/** A literal with the type that it has. */
export interface Typed {
  readonly literal: Literal;
  readonly type: LiteralType;
}

export function simple(value: SimpleType): LiteralType {
  return create(LiteralTypeSchema, { type: { case: "simple", value } });
}

export function listOf(value: LiteralType): LiteralType {
  return create(LiteralTypeSchema, { type: { case: "collectionType", value } });
}

export function mapOf(value: LiteralType): LiteralType {
  return create(LiteralTypeSchema, { type: { case: "mapValueType", value } });
}

export function unionOf(...variants: LiteralType[]): LiteralType {
  return create(LiteralTypeSchema, { type: { case: "unionType", value: { variants } } });
}

type ScalarInit = Extract<
  NonNullable<MessageInitShape<typeof LiteralSchema>["value"]>,
  { case: "scalar" }
>["value"];
type PrimitiveInit = Extract<
  NonNullable<ScalarInit["value"]>,
  { case: "primitive" }
>["value"]["value"];

export function scalar(value: NonNullable<ScalarInit["value"]>): Literal {
  return create(LiteralSchema, { value: { case: "scalar", value: { value } } });
}

export function primitive(value: NonNullable<PrimitiveInit>): Literal {
  return scalar({ case: "primitive", value: { value } });
}

export function list(literals: Literal[]): Literal {
  return create(LiteralSchema, { value: { case: "collection", value: { literals } } });
}

export function map(literals: Record<string, Literal>): Literal {
  return create(LiteralSchema, { value: { case: "map", value: { literals } } });
}

const name = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("toString", "kind", "0"));
const json = fc
  .dictionary(name, fc.jsonValue({ maxDepth: 3, noUnicodeString: false }))
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, string>);
const nanos = fc.nat({ max: 999_999_999 });

function typed<T>(
  values: fc.Arbitrary<T>,
  type: LiteralType,
  make: (value: T) => Literal,
): fc.Arbitrary<Typed> {
  return values.map((value) => ({ literal: make(value), type }));
}

const scalars: fc.Arbitrary<Typed> = fc.oneof(
  typed(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    simple(SimpleType.INTEGER),
    (value) => primitive({ case: "integer", value }),
  ),
  typed(fc.double(), simple(SimpleType.FLOAT), (value) => primitive({ case: "floatValue", value })),
  typed(fc.string(), simple(SimpleType.STRING), (value) =>
    primitive({ case: "stringValue", value }),
  ),
  typed(fc.boolean(), simple(SimpleType.BOOLEAN), (value) => primitive({ case: "boolean", value })),
  typed(
    fc.record({ seconds: fc.bigInt({ min: -62135596800n, max: 253402300799n }), nanos }),
    simple(SimpleType.DATETIME),
    (value) => primitive({ case: "datetime", value }),
  ),
  typed(
    fc.record({ seconds: fc.bigInt({ min: 0n, max: 315576000000n }), nanos, minus: fc.boolean() }),
    simple(SimpleType.DURATION),
    ({ seconds, nanos: part, minus }) =>
      primitive({
        case: "duration",
        value: minus ? { seconds: -seconds, nanos: 0 - part } : { seconds, nanos: part },
      }),
  ),
  typed(fc.constant(null), simple(SimpleType.NONE), () => scalar({ case: "noneType", value: {} })),
  typed(
    fc.record({ message: fc.string(), failedNodeId: fc.string() }),
    simple(SimpleType.ERROR),
    (value) => scalar({ case: "error", value }),
  ),
  typed(json, simple(SimpleType.STRUCT), (value) => scalar({ case: "generic", value })),
  typed(
    fc.record({ value: fc.uint8Array({ maxLength: 9 }), tag: fc.constantFrom("", "x") }),
    simple(SimpleType.BINARY),
    (value) => scalar({ case: "binary", value: { ...value, value: new Uint8Array(value.value) } }),
  ),
  fc
    .record({
      uri: fc.string({ minLength: 1 }),
      format: fc.constantFrom("", "csv"),
      dimensionality: fc.constantFrom(
        BlobType_BlobDimensionality.SINGLE,
        BlobType_BlobDimensionality.MULTIPART,
      ),
    })
    .map(({ uri, format, dimensionality }) => ({
      literal: scalar({
        case: "blob",
        value: { uri, metadata: { type: { format, dimensionality } } },
      }),
      type: create(LiteralTypeSchema, {
        type: { case: "blob", value: { format, dimensionality } },
      }),
    })),
  fc.record({ uri: fc.string({ minLength: 1 }), column: fc.string() }).map(({ uri, column }) => ({
    literal: scalar({ case: "schema", value: { uri, type: { columns: [{ name: column }] } } }),
    type: create(LiteralTypeSchema, {
      type: { case: "schema", value: { columns: [{ name: column }] } },
    }),
  })),
  fc
    .record({
      uri: fc.string({ minLength: 1 }),
      format: fc.constantFrom("parquet", "csv"),
      columns: fc.array(fc.record({ name: fc.constantFrom("a", "b") }), { maxLength: 1 }),
      declared: fc.boolean(),
    })
    .map(({ uri, format, columns, declared }) => ({
      literal: scalar({
        case: "structuredDataset",
        value: { uri, metadata: { structuredDatasetType: { format, columns } } },
      }),
      type: create(LiteralTypeSchema, {
        type: { case: "structuredDatasetType", value: declared ? { format, columns } : {} },
      }),
    })),
  typed(
    fc.constantFrom("red", "green"),
    create(LiteralTypeSchema, { type: { case: "enumType", value: { values: ["red", "green"] } } }),
    (value) => primitive({ case: "stringValue", value }),
  ),
  typed(
    fc.record({ uri: fc.string(), sizeBytes: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
    simple(SimpleType.STRING),
    (value) => create(LiteralSchema, { value: { case: "offloadedMetadata", value } }),
  ),
);

/** Literals of every kind, with their types. Members of one collection or map are alike. */
export const typedLiterals: fc.Arbitrary<Typed> = fc.letrec<{ any: Typed }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    fc.tuple(tie("any"), fc.nat({ max: 3 })).map(([{ literal, type }, count]) => ({
      literal: list(Array<Literal>(count).fill(literal)),
      type: listOf(type),
    })),
    fc
      .tuple(
        tie("any"),
        fc.uniqueArray(
          name.filter((key) => key !== "kind"),
          { maxLength: 3 },
        ),
      )
      .map(([{ literal, type }, names]) => ({
        literal: map(Object.fromEntries(names.map((key) => [key, literal]))),
        type: mapOf(type),
      })),
    fc.tuple(tie("any"), tie("any")).map(([held, other]) => ({
      literal: scalar({ case: "union", value: { value: held.literal, type: held.type } }),
      type: unionOf(other.type, held.type),
    })),
  ),
})).any;
