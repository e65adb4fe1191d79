import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";

import { VariableMapSchema } from "../../../gen/flyteidl/core/interface_pb.js";
import {
  type Literal,
  LiteralMapSchema,
  LiteralSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import {
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../../gen/flyteidl/core/types_pb.js";
import { isFlyteError } from "../../../src/errors/index.js";
import {
  LiteralError,
  literalsToValues,
  literalToValue,
  msgpack,
  valueToLiteral,
  valuesToLiterals,
} from "../../../src/values/literals/index.js";
import { list, listOf, map, mapOf, primitive, scalar, simple, unionOf } from "./arbitraries.js";

const integer = (value: bigint): Literal => primitive({ case: "integer", value });
const text = (value: string): Literal => primitive({ case: "stringValue", value });
const anInteger = simple(SimpleType.INTEGER);
const aString = simple(SimpleType.STRING);

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof LiteralError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("values of literals", () => {
  test("integers are bigints, or numbers on request and never inexact ones", () => {
    expect(literalToValue(integer(2n ** 63n - 1n))).toBe(2n ** 63n - 1n);
    expect(literalToValue(integer(42n), { integers: "number" })).toBe(42);
    expect(refusal(() => literalToValue(integer(2n ** 53n), { integers: "number" }))).toMatch(
      /an integer that a number can hold.*9007199254740992n/,
    );
  });

  test("datetimes are Dates, or Timestamps with nanoseconds on request", () => {
    const value = { seconds: 1_767_225_600n, nanos: 123_456_789 };
    const literal = primitive({ case: "datetime", value });
    expect(literalToValue(literal)).toEqual(new Date("2026-01-01T00:00:00.123Z"));
    expect(literalToValue(literal, { datetimes: "timestamp" })).toMatchObject(value);
  });

  test("unions are their value, or tagged with their variant on request", () => {
    const literal = scalar({ case: "union", value: { value: integer(1n), type: anInteger } });
    const type = unionOf(anInteger, simple(SimpleType.NONE));
    expect(literalToValue(literal, { type })).toBe(1n);
    expect(literalToValue(literal, { type, unions: "tagged" })).toEqual({
      kind: "union",
      value: 1n,
      type: anInteger,
    });
  });

  test("references keep where they point and their format", () => {
    expect(
      literalToValue(
        scalar({
          case: "structuredDataset",
          value: { uri: "s3://b/t", metadata: { structuredDatasetType: { format: "parquet" } } },
        }),
      ),
    ).toMatchObject({ kind: "structuredDataset", uri: "s3://b/t", format: "parquet" });
    const offloaded = create(LiteralSchema, {
      value: { case: "offloadedMetadata", value: { uri: "s3://b/o", sizeBytes: 9n } },
    });
    expect(literalToValue(offloaded, { type: anInteger })).toMatchObject({
      kind: "offloaded",
      sizeBytes: 9n,
    });
  });

  test("a member called __proto__ is a member", () => {
    const held = map(Object.fromEntries([["__proto__", integer(1n)]]));
    expect(Object.keys(literalToValue(held) as object)).toEqual(["__proto__"]);
    const back = valueToLiteral(JSON.parse('{"__proto__":1}'), mapOf(anInteger));
    const literals = back.value.case === "map" ? back.value.value.literals : {};
    expect(Object.keys(literals)).toEqual(["__proto__"]);
    expect(Object.keys(literalToValue(back) as object)).toEqual(["__proto__"]);
  });
});

describe("a literal of another type", () => {
  test.each<[string, Literal, LiteralType, string]>([
    ["at the top", text("x"), anInteger, 'out: expected an integer, got "x"'],
    [
      "in a list",
      list([integer(1n), text("x")]),
      listOf(anInteger),
      'out[1]: expected an integer, got "x"',
    ],
    ["in a map", map({ a: text("x") }), mapOf(anInteger), 'out.a: expected an integer, got "x"'],
    ["for a list", map({}), listOf(anInteger), "out: expected a collection, got a map of 0"],
    [
      "for a blob",
      scalar({ case: "noneType", value: {} }),
      create(LiteralTypeSchema, { type: { case: "blob", value: {} } }),
      "out: expected a blob, got null",
    ],
    [
      "for no variant",
      text("x"),
      unionOf(anInteger, simple(SimpleType.NONE)),
      'out: expected one of 2 variants, got "x"',
    ],
    [
      "for an enum",
      text("x"),
      create(LiteralTypeSchema, { type: { case: "enumType", value: { values: ["a", "b"] } } }),
      'out: expected one of a, b, got "x"',
    ],
  ])("%s throws with the path", (_, literal, type, message) => {
    expect(refusal(() => literalToValue(literal, { type, path: "out" }))).toBe(message);
  });

  test("holding nothing throws with the path", () => {
    const empty = create(LiteralSchema);
    const problem = "value[0]: the literal holds nothing";
    expect(refusal(() => literalToValue(list([empty])))).toBe(problem);
    expect(refusal(() => literalToValue(scalar({ case: "primitive", value: {} })))).toMatch(
      /nothing/,
    );
    expect(refusal(() => literalToValue(scalar({ case: "union", value: {} })))).toMatch(/nothing/);
  });
});

describe("a value of another type", () => {
  const cases: [unknown, LiteralType, string][] = [
    ["x", anInteger, 'expected an integer, got "x"'],
    [1.5, anInteger, "expected an integer, got 1.5"],
    [
      2 ** 53,
      anInteger,
      "expected a bigint, since a number this large is not exact, got 9007199254740992",
    ],
    [2n ** 63n, anInteger, "expected an integer of 64 bits, got 9223372036854775808n"],
    [1n, simple(SimpleType.FLOAT), "expected a number, got 1n"],
    [1, aString, "expected a string, got 1"],
    [null, simple(SimpleType.BOOLEAN), "expected a boolean, got null"],
    [0, simple(SimpleType.NONE), "expected null, got 0"],
    [
      new Date(Number.NaN),
      simple(SimpleType.DATETIME),
      "expected a Date, or a Timestamp, of the years 1 to 9999, got an invalid Date",
    ],
    [
      "2026-01-01",
      simple(SimpleType.DATETIME),
      'expected a Date, or a Timestamp, of the years 1 to 9999 (write new Date(…) for a string), got "2026-01-01"',
    ],
    [
      { seconds: 1n, nanos: -1 },
      simple(SimpleType.DURATION),
      "expected a duration ({ seconds: a bigint, nanos }), got an object with seconds, nanos",
    ],
    [60, simple(SimpleType.DURATION), "expected a duration ({ seconds: a bigint, nanos }), got 60"],
    [
      {},
      simple(SimpleType.ERROR),
      "expected an error ({ message, failedNodeId }), got an object with no keys",
    ],
    [
      new Uint8Array(3),
      simple(SimpleType.BINARY),
      "expected binary data ({ value, tag }), or a codec in the option binary, got 3 bytes",
    ],
    [[], simple(SimpleType.STRUCT), "expected an object, got an array of 0"],
    [() => 1, anInteger, "expected an integer, got a function"],
    ["x".repeat(999), anInteger, `expected an integer, got "${"x".repeat(60)}…"`],
    [{}, listOf(anInteger), "expected an array, got an object with no keys"],
    [[], mapOf(anInteger), "expected an object of names and values, got an array of 0"],
    [
      {},
      unionOf(anInteger, aString),
      "expected an integer or a string, got an object with no keys",
    ],
    [1, unionOf(), "expected nothing: the union has no variants, got 1"],
    [1, create(LiteralTypeSchema), "the type says nothing"],
    [
      { uri: "" },
      create(LiteralTypeSchema, { type: { case: "schema", value: {} } }),
      'expected a storage URI, got ""',
    ],
  ];

  test.each(cases)("%j throws", (value, type, problem) => {
    const message = refusal(() => valueToLiteral(value, type, { path: "inputs.x" }));
    expect(message).toMatch(/^inputs\.x(\.uri)?: /);
    expect(message.slice(message.indexOf(": ") + 2)).toBe(problem);
  });

  test("throws with the path of the value, within structs too", () => {
    const variables = create(VariableMapSchema, {
      variables: {
        cfg: { type: mapOf(listOf(anInteger)) },
        s: { type: simple(SimpleType.STRUCT) },
      },
    });
    const refuse = (values: Record<string, unknown>): string =>
      refusal(() => valuesToLiterals(values, variables));
    expect(refuse({ cfg: { items: [1, 2, 3, "x"] } })).toBe(
      'inputs.cfg.items[3]: expected an integer, got "x"',
    );
    expect(refuse({ cfg: { "a b": [null] } })).toBe(
      'inputs.cfg["a b"][0]: expected an integer, got null',
    );
    expect(refuse({ s: { a: [{ b: 1n }] } })).toBe(
      "inputs.s.a[0].b: expected a value that JSON has, got 1n",
    );
    expect(refuse({ s: { a: Number.NaN } })).toMatch(/^inputs\.s\.a: expected a finite number/);
    expect(refuse({ toString: 1 })).toBe("inputs.toString: unknown name; the interface has cfg, s");
  });

  test("is an INVALID_ARGUMENT", () => {
    try {
      valueToLiteral("x", anInteger);
    } catch (error) {
      expect(isFlyteError(error, "INVALID_ARGUMENT")).toBe(true);
      return;
    }
    throw new Error("nothing was refused");
  });

  test("that contradicts the format or the dimensionality of a blob throws", () => {
    const type = create(LiteralTypeSchema, { type: { case: "blob", value: { format: "csv" } } });
    const refuse = (value: unknown): string => refusal(() => valueToLiteral(value, type));
    expect(refuse({ uri: "s3://b/k", format: "png" })).toMatch(/value\.format: expected "csv"/);
    expect(refuse({ uri: "s3://b/k", dimensionality: "MULTIPART" })).toMatch(
      /value\.dimensionality: expected SINGLE/,
    );
    expect(refuse({ kind: "schema", uri: "s3://b/k" })).toMatch(/expected a blob reference/);
    const blob = literalToValue(valueToLiteral({ uri: "s3://b/k" }, type));
    expect(blob).toEqual({
      kind: "blob",
      uri: "s3://b/k",
      format: "csv",
      dimensionality: "SINGLE",
    });
  });
});

describe("a value of a union type", () => {
  test("takes the variant that its tag names, else the first that fits", () => {
    const float = simple(SimpleType.FLOAT);
    const type = unionOf(anInteger, float);
    const variant = (value: unknown): unknown => {
      const literal = valueToLiteral(value, type);
      return literalToValue(literal, { unions: "tagged" });
    };
    expect(variant(1)).toMatchObject({ type: anInteger, value: 1n });
    expect(variant(1.5)).toMatchObject({ type: float, value: 1.5 });
    expect(variant({ kind: "union", value: 1, type: float })).toMatchObject({
      type: float,
      value: 1,
    });
  });

  test("that is a reference is not taken for a struct", () => {
    const blob = create(LiteralTypeSchema, { type: { case: "blob", value: {} } });
    const type = unionOf(simple(SimpleType.STRUCT), blob);
    const literal = valueToLiteral({ kind: "blob", uri: "s3://b/k" }, type);
    expect(literalToValue(literal, { unions: "tagged" })).toMatchObject({ type: blob });
  });
});

describe("maps of inputs and outputs", () => {
  const variables = create(VariableMapSchema, {
    variables: { n: { type: anInteger }, s: { type: aString } },
  });

  test("become values and literals by name; what is undefined has no literal", () => {
    const literals = valuesToLiterals({ n: 1, s: undefined }, variables);
    expect(Object.keys(literals.literals)).toEqual(["n"]);
    expect(literalsToValues(literals, { variables })).toEqual({ n: 1n });
  });

  test("name the output whose type is wrong", () => {
    const literals = create(LiteralMapSchema, { literals: { n: text("x"), other: text("y") } });
    expect(literalsToValues(literals)).toEqual({ n: "x", other: "y" });
    expect(refusal(() => literalsToValues(literals, { variables, path: "outputs" }))).toBe(
      'outputs.n: expected an integer, got "x"',
    );
  });
});

describe("hostile nesting", () => {
  const deep = (levels: number): Literal => {
    let literal = integer(1n);
    for (let level = 0; level < levels; level++) literal = list([literal]);
    return literal;
  };

  test("of literals, values and structs ends in an error", () => {
    expect(() => literalToValue(deep(90))).not.toThrow();
    expect(refusal(() => literalToValue(deep(10_000)))).toMatch(/nested deeper than 100 levels/);
    let union = integer(1n);
    for (let level = 0; level < 10_000; level++) {
      union = scalar({ case: "union", value: { value: union } });
    }
    expect(refusal(() => literalToValue(union))).toMatch(/nested deeper/);
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    const struct = { a: cyclic };
    expect(refusal(() => valueToLiteral(struct, simple(SimpleType.STRUCT)))).toMatch(
      /nested deeper/,
    );
    expect(
      refusal(() => valueToLiteral(struct, simple(SimpleType.STRUCT), { binary: msgpack })),
    ).toMatch(/nested deeper/);
  });

  test("on the wire is refused by the decoder, 10,000 levels deep", () => {
    // Literals and collections in each other (fields 2 and 1), written by hand from the innermost out.
    const bytes: number[] = [];
    for (let level = 0; level < 10_000; level++) {
      const head: number[] = [level % 2 === 0 ? 0x0a : 0x12];
      let length = bytes.length;
      for (; length > 127; length = Math.floor(length / 128)) head.push((length & 127) | 128);
      head.push(length);
      bytes.push(...head.reverse());
    }
    bytes.reverse();
    expect(() => fromBinary(LiteralSchema, Uint8Array.from(bytes))).toThrow(/recursion/);
  });
});

describe("msgpack", () => {
  const binary = (value: Uint8Array): Literal =>
    scalar({ case: "binary", value: { value: new Uint8Array(value), tag: "msgpack" } });
  const decode = (...bytes: number[]): unknown =>
    literalToValue(binary(Uint8Array.from(bytes)), { binary: msgpack });

  test("is decoded only by who brings the codec", () => {
    const literal = binary(Uint8Array.of(0x81, 0xa1, 0x61, 0x01));
    expect(literalToValue(literal)).toMatchObject({ kind: "binary", tag: "msgpack" });
    expect(literalToValue(literal, { binary: msgpack })).toEqual({ a: 1 });
  });

  test("integers are exact: numbers where they can be, else bigints", () => {
    expect(decode(0xcf, 0, 0, 0, 0, 0, 0, 0, 5)).toBe(5);
    expect(decode(0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)).toBe(2n ** 64n - 1n);
    expect(decode(0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0)).toBe(-(2n ** 63n));
  });

  test.each<[string, number[]]>([
    ["nothing", []],
    ["a head byte that is none", [0xc1]],
    ["a text cut off", [0xa5, 0x61]],
    ["an array of 4 billion", [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ["a map of 4 billion", [0xdf, 0xff, 0xff, 0xff, 0xff, 1, 1]],
    ["a text of 2 GiB", [0xdb, 0x80, 0, 0, 0, 0x61]],
    ["bytes left over", [1, 1]],
    ["10,000 levels", [...Array<number>(10_000).fill(0x91), 1]],
    [
      "arrays that share their members",
      [...Array<number[]>(150).fill([0xdd, 0, 0, 3, 0]).flat(), 1],
    ],
    ["a map in place of a name", [0x81, 0x80, 1]],
  ])("%s is refused", (_, bytes) => {
    expect(refusal(() => decode(...bytes))).toMatch(/do not decode as msgpack/);
  });

  test("reads back what the encoder writes, in every width", () => {
    const value = {
      ints: [0, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1, -1, -32, -33, -128, -129, -32_769],
      floats: [1.5, -0.1, Number.POSITIVE_INFINITY],
      texts: ["", "x".repeat(31), "x".repeat(32), "x".repeat(256), "x".repeat(70_000)],
      bytes: [new Uint8Array(1), new Uint8Array(300), new Uint8Array(70_000)],
      arrays: [[], Array(16).fill(0), Array(7000).fill(1)],
      map: Object.fromEntries(Array.from({ length: 20 }, (__, at) => [`k${at}`, at])),
      more: Object.fromEntries(Array.from({ length: 7000 }, (__, at) => [`k${at}`, null])),
      date: new Date(1_767_225_600_123),
      flags: [true, false, null],
    };
    const type = simple(SimpleType.STRUCT);
    const literal = valueToLiteral(value, type, { binary: msgpack });
    const back = fromBinary(LiteralSchema, toBinary(LiteralSchema, literal));
    expect(literalToValue(back, { type, binary: msgpack })).toEqual(value);
  });
});
