import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { LiteralSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import { LiteralTypeSchema, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import {
  formatLiteral,
  literalToValue,
  msgpack,
  valueToLiteral,
} from "../../../src/values/literals/index.js";
import { listOf, simple, typedLiterals, unionOf } from "./arbitraries.js";

describe("literal to value to literal", () => {
  test("is the identity for every kind of literal", () => {
    fc.assert(
      fc.property(typedLiterals, ({ literal, type }) => {
        const options = { type, datetimes: "timestamp", unions: "tagged" } as const;
        const back = valueToLiteral(literalToValue(literal, options), type);
        expect(toBinary(LiteralSchema, back)).toEqual(toBinary(LiteralSchema, literal));
      }),
      { numRuns: 500 },
    );
  });

  test("returns the same value again, also without tags", () => {
    fc.assert(
      fc.property(typedLiterals, ({ literal, type }) => {
        const value = literalToValue(literal, { type });
        const back = valueToLiteral(value, type);
        expect(literalToValue(back, { type })).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test("takes the variant of a union that changes nothing of a reference, wherever it is listed", () => {
    const blob = (format: string) =>
      create(LiteralTypeSchema, { type: { case: "blob", value: { format } } });
    const dataset = (format: string) =>
      create(LiteralTypeSchema, { type: { case: "structuredDatasetType", value: { format } } });
    for (const type of [
      unionOf(blob("csv"), blob("")),
      unionOf(blob(""), blob("csv")),
      unionOf(listOf(blob("csv")), listOf(blob(""))),
      unionOf(unionOf(blob("csv"), dataset("csv")), unionOf(dataset(""), blob(""))),
    ]) {
      for (const format of ["", "csv"]) {
        const blobRef = { kind: "blob", uri: "s3://bucket/key", format, dimensionality: "SINGLE" };
        const value = JSON.stringify(type).includes("collectionType") ? [blobRef] : blobRef;
        const back = valueToLiteral(value, type);
        expect(literalToValue(back, { type })).toEqual(value);
      }
    }
    const datasets = unionOf(dataset("parquet"), dataset(""));
    const reference = { kind: "structuredDataset", uri: "s3://bucket/key", format: "" };
    expect(literalToValue(valueToLiteral(reference, datasets), { type: datasets })).toMatchObject(
      reference,
    );
  });

  test("is bounded in the length of its text", () => {
    const bound = fc.nat({ max: 60 });
    fc.assert(
      fc.property(typedLiterals, bound, fc.boolean(), ({ literal }, maxLength, indented) => {
        const text = formatLiteral(literal, { maxLength, indented });
        expect(text.length).toBeLessThanOrEqual(maxLength);
        if (!indented) expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  test("holds for structs as msgpack, integers of 64 bits and bytes included", () => {
    const leaf = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true }).filter((number) => !Object.is(number, -0)),
      fc.string(),
      fc.uint8Array({ maxLength: 5 }).map((bytes) => new Uint8Array(bytes)),
      fc
        .bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })
        .filter((value) => !Number.isSafeInteger(Number(value))),
    );
    const values = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          tie("any"),
          { maxKeys: 3 },
        ),
      ),
    })).any;
    const record = fc.dictionary(fc.constantFrom("a", "b", "c d"), values);
    fc.assert(
      fc.property(record, (value) => {
        const type = simple(SimpleType.STRUCT);
        const literal = valueToLiteral(value, type, { binary: msgpack });
        expect(literalToValue(literal, { type, binary: msgpack })).toEqual(value);
      }),
    );
  });
});
