import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { LiteralSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  type LiteralType,
  LiteralTypeSchema,
  SchemaType_SchemaColumn_SchemaColumnType as ColumnType,
  SimpleType,
} from "../../../gen/flyteidl/core/types_pb.js";
import { durationText } from "../../../src/testing/go-format/duration-text.js";
import { isCastable } from "../../../src/testing/rpcs/types/castable.js";
import { literalType } from "../../../src/testing/rpcs/types/literal-type.js";
import { integer, text } from "./run-server.js";

type TypeInit = MessageInitShape<typeof LiteralTypeSchema>;

const type = (init: TypeInit) => create(LiteralTypeSchema, init);
const simple = (value: SimpleType) => type({ type: { case: "simple", value } });
const list = (value: LiteralType) => type({ type: { case: "collectionType", value } });
const map = (value: LiteralType) => type({ type: { case: "mapValueType", value } });
const union = (...variants: LiteralType[]) =>
  type({ type: { case: "unionType", value: { variants } } });
const { NONE, INTEGER, STRING, STRUCT } = SimpleType;

describe("whether one type fits another", () => {
  it("holds for every type and itself, as long as it is no union of types that fit each other", () => {
    const types = fc.letrec<{ type: LiteralType }>((tie) => ({
      type: fc.oneof(
        { maxDepth: 3 },
        fc.integer({ min: 0, max: 9 }).map(simple),
        tie("type").map(list),
        tie("type").map(map),
        fc.constant(type({ type: { case: "blob", value: { format: "csv" } } })),
        fc.constant(type({ type: { case: "enumType", value: { values: ["a"] } } })),
      ),
    })).type;
    fc.assert(fc.property(types, (each) => isCastable(each, each)));
  });

  it("takes enums for strings both ways, and nothing else for them", () => {
    const colors = type({ type: { case: "enumType", value: { values: ["red"] } } });
    expect(isCastable(colors, simple(STRING))).toBe(true);
    expect(isCastable(simple(STRING), colors)).toBe(true);
    expect(isCastable(simple(INTEGER), colors)).toBe(false);
  });

  it("takes an empty list for any list, and an empty map for any map", () => {
    expect(isCastable(list(simple(NONE)), list(simple(INTEGER)))).toBe(true);
    expect(isCastable(map(simple(NONE)), map(simple(INTEGER)))).toBe(true);
    expect(isCastable(list(simple(NONE)), map(simple(INTEGER)))).toBe(false);
    expect(isCastable(list(simple(STRING)), list(simple(INTEGER)))).toBe(false);
  });

  it("takes a value for a union when exactly one variant fits", () => {
    const optional = union(simple(INTEGER), simple(NONE));
    expect(isCastable(simple(INTEGER), optional)).toBe(true);
    expect(isCastable(simple(NONE), optional)).toBe(true);
    expect(isCastable(simple(STRING), optional)).toBe(false);
    expect(isCastable(simple(INTEGER), union(simple(INTEGER), simple(INTEGER)))).toBe(false);
    expect(isCastable(union(simple(NONE)), optional)).toBe(true);
    expect(isCastable(union(simple(NONE), simple(STRING)), optional)).toBe(false);
    expect(isCastable(union(simple(INTEGER)), simple(INTEGER))).toBe(true);
  });

  it("does not look at metadata, and looks at the tag that the value has", () => {
    const tagged = (tag: string) => type({ type: simple(STRUCT).type, structure: { tag } });
    expect(isCastable({ ...simple(STRUCT), metadata: { a: 1 } }, simple(STRUCT))).toBe(true);
    expect(isCastable(tagged("a"), tagged("b"))).toBe(false);
    expect(isCastable(simple(STRUCT), tagged("b"))).toBe(true);
  });

  it("takes tables whose wanted columns are there, in one format", () => {
    const schema = (...columns: [string, ColumnType][]) =>
      type({
        type: {
          case: "schema",
          value: { columns: columns.map(([name, kind]) => ({ name, type: kind })) },
        },
      });
    const dataset = (format: string, ...columns: [string, SimpleType][]) =>
      type({
        type: {
          case: "structuredDatasetType",
          value: {
            format,
            columns: columns.map(([name, kind]) => ({ name, literalType: simple(kind) })),
          },
        },
      });
    expect(
      isCastable(
        schema(["a", ColumnType.INTEGER], ["b", ColumnType.STRING]),
        schema(["a", ColumnType.INTEGER]),
      ),
    ).toBe(true);
    expect(isCastable(schema(["a", ColumnType.INTEGER]), schema(["a", ColumnType.STRING]))).toBe(
      false,
    );
    expect(isCastable(schema(["a", ColumnType.INTEGER]), schema())).toBe(true);
    expect(isCastable(schema(["a", ColumnType.INTEGER]), dataset("parquet", ["a", INTEGER]))).toBe(
      true,
    );
    expect(isCastable(schema(["a", ColumnType.INTEGER]), dataset("csv", ["a", INTEGER]))).toBe(
      false,
    );
    expect(isCastable(dataset("Parquet", ["a", INTEGER]), schema(["a", ColumnType.INTEGER]))).toBe(
      true,
    );
    expect(isCastable(dataset("", ["a", INTEGER]), dataset("csv", ["a", STRING]))).toBe(false);
    expect(isCastable(simple(NONE), dataset("csv"))).toBe(true);
    expect(isCastable(simple(NONE), schema())).toBe(false);
    expect(isCastable(simple(STRING), schema())).toBe(false);
  });
});

describe("the type of a literal", () => {
  const listOf = (...literals: ReturnType<typeof integer>[]) =>
    create(LiteralSchema, { value: { case: "collection", value: { literals } } });

  it("is that of its value, for lists that of their items", () => {
    expect(literalType(integer(1))).toEqual(simple(INTEGER));
    expect(literalType(listOf(text("a"), text("b")))).toEqual(list(simple(STRING)));
    expect(literalType(listOf())).toEqual(list(simple(NONE)));
    expect(literalType(create(LiteralSchema))).toBeUndefined();
  });

  it("is a union where items differ, and that of the full lists among empty ones", () => {
    expect(literalType(listOf(text("a"), integer(1)))).toEqual(
      list(union(simple(INTEGER), simple(STRING))),
    );
    expect(literalType(listOf(listOf(), listOf(integer(1))))).toEqual(list(list(simple(INTEGER))));
  });
});

describe("a duration as Go prints it", () => {
  it.each([
    [0n, "0s"],
    [1n, "1ns"],
    [1_500n, "1.5µs"],
    [250_000_000n, "250ms"],
    [1_500_000_000n, "1.5s"],
    [-61_000_000_000n, "-1m1s"],
    [3_600_000_000_000n, "1h0m0s"],
    [999_999_000_000_000n, "277h46m39s"],
  ])("is for %s ns %s", (nanos, expected) => {
    expect(durationText(nanos)).toBe(expected);
  });
});
