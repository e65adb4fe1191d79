import { create } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";

import {
  type Literal,
  LiteralMapSchema,
  LiteralSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import { formatLiteral } from "../../../src/values/literals/index.js";
import { list, map, primitive, scalar } from "./arbitraries.js";

const integer = (value: bigint): Literal => primitive({ case: "integer", value });
const text = (value: string): Literal => primitive({ case: "stringValue", value });

describe("the text of a literal", () => {
  test.each<[Literal, string]>([
    [integer(2n ** 63n - 1n), "9223372036854775807"],
    [primitive({ case: "floatValue", value: 0.5 }), "0.5"],
    [text('a "b"\n\u001b[31m\u202e'), '"a \\"b\\"\\n\\u001b[31m\\u202e"'],
    [primitive({ case: "boolean", value: true }), "true"],
    [primitive({ case: "datetime", value: { seconds: 0n } }), "1970-01-01T00:00:00.000Z"],
    [primitive({ case: "datetime", value: { seconds: 2n ** 60n } }), "an invalid datetime"],
    [primitive({ case: "duration", value: { seconds: 90n, nanos: 5e8 } }), "90.5s"],
    [scalar({ case: "noneType", value: {} }), "null"],
    [
      scalar({ case: "generic", value: { a: [1, { b: null }], "c d": "x" } }),
      '{a: [1, {b: null}], "c d": "x"}',
    ],
    [scalar({ case: "union", value: { value: integer(1n) } }), "1"],
    [
      scalar({ case: "binary", value: { value: new Uint8Array(3), tag: "msgpack" } }),
      'binary("msgpack", 3 bytes)',
    ],
    [scalar({ case: "error", value: { message: "boom" } }), 'error("boom")'],
    [
      scalar({ case: "blob", value: { uri: "s3://b/k", metadata: { type: { format: "csv" } } } }),
      'blob("s3://b/k", "csv")',
    ],
    [scalar({ case: "schema", value: { uri: "s3://b/k" } }), 'schema("s3://b/k")'],
    [
      scalar({ case: "structuredDataset", value: { uri: "s3://b/k" } }),
      'structuredDataset("s3://b/k")',
    ],
    [
      create(LiteralSchema, {
        value: { case: "offloadedMetadata", value: { uri: "s3://b/o", sizeBytes: 9n } },
      }),
      'offloaded("s3://b/o", 9 bytes)',
    ],
    [create(LiteralSchema), "nothing"],
    [list([]), "[]"],
    [list([integer(1n), text("x")]), '[1, "x"]'],
    [map({ a: integer(1n), b: list([integer(2n)]) }), "{a: 1, b: [2]}"],
  ])("on one line (%#)", (literal, line) => {
    expect(formatLiteral(literal)).toBe(line);
  });

  test("is indented on request, also of a whole map", () => {
    const union = scalar({ case: "union", value: { value: list([integer(2n), integer(3n)]) } });
    const literals = create(LiteralMapSchema, {
      literals: { a: integer(1n), b: union, c: map({}) },
    });
    expect(formatLiteral(literals, { indented: true })).toBe(
      "{\n  a: 1,\n  b: [\n    2,\n    3\n  ],\n  c: {}\n}",
    );
    expect(formatLiteral(literals)).toBe("{a: 1, b: [2, 3], c: {}}");
  });

  test("is cut at maxLength, and at no half of a character", () => {
    expect(formatLiteral(text("x".repeat(999)))).toBe(`"${"x".repeat(198)}…`);
    expect(formatLiteral(text("😀😀"), { maxLength: 3 })).toBe('"…');
    expect(formatLiteral(integer(12345n), { maxLength: 0 })).toBe("");
    expect(formatLiteral(integer(12345n), { maxLength: 5 })).toBe("12345");
  });

  test("of something huge is made no further than it is shown", () => {
    const row = list(Array<Literal>(1000).fill(text("y".repeat(100))));
    const huge = list(Array<Literal>(100_000).fill(row));
    expect(formatLiteral(huge)).toHaveLength(200);
  });

  test("of something nested without end ends", () => {
    let deep = integer(1n);
    for (let level = 0; level < 10_000; level++)
      deep = level % 2 === 0 ? list([deep]) : scalar({ case: "union", value: { value: deep } });
    expect(formatLiteral(deep)).toMatch(/^\[+…?\]+$/);
  });
});
