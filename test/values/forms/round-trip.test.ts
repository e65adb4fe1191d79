import { create, equals, type JsonObject, type JsonValue } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";

import {
  type ParameterMap,
  ParameterMapSchema,
  ParameterSchema,
} from "../../../gen/flyteidl/core/interface_pb.js";
import { type Literal, LiteralMapSchema } from "../../../gen/flyteidl/core/literals_pb.js";
import {
  BlobType_BlobDimensionality,
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../../gen/flyteidl/core/types_pb.js";
import { interfaceToJsonSchema, jsonToLiterals, literalsToJson } from "../../../src/index.js";
import { listOf, mapOf, simple, typedLiterals, unionOf } from "../literals/arbitraries.js";

function parameters(types: Readonly<Record<string, LiteralType>>): ParameterMap {
  const map = create(ParameterMapSchema);
  for (const [name, type] of Object.entries(types)) {
    map.parameters[name] = create(ParameterSchema, {
      var: { type },
      behavior: { case: "required", value: true },
    });
  }
  return map;
}

/** Says what a schema finds wrong with JSON; one validator serves many schemas. */
function schemaChecker(): (schema: JsonObject, json: unknown) => string {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { "date-time": true } });
  return (schema, json) => {
    const isValid = ajv.validate(schema, json);
    const text = isValid ? "" : ajv.errorsText();
    ajv.removeSchema(schema);
    return text;
  };
}

const dataclass: JsonObject = {
  type: "object",
  properties: {
    lr: { type: "number" },
    next: { anyOf: [{ $ref: "#/$defs/Layer" }, { type: "null" }] },
  },
  required: ["lr"],
  additionalProperties: false,
  $defs: {
    Layer: {
      type: "object",
      properties: { inner: { $ref: "#/$defs/Layer" } },
      additionalProperties: false,
    },
  },
};

/** Types of every kind. */
const types: fc.Arbitrary<LiteralType> = fc.letrec<{ any: LiteralType }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      ...[
        SimpleType.NONE,
        SimpleType.INTEGER,
        SimpleType.FLOAT,
        SimpleType.STRING,
        SimpleType.BOOLEAN,
        SimpleType.DATETIME,
        SimpleType.DURATION,
        SimpleType.BINARY,
        SimpleType.ERROR,
        SimpleType.STRUCT,
      ].map(simple),
      { ...simple(SimpleType.STRUCT), metadata: dataclass },
      create(LiteralTypeSchema, { type: { case: "enumType", value: { values: ["a", "b"] } } }),
      ...["", "csv"].map((format) =>
        create(LiteralTypeSchema, {
          type: {
            case: "blob",
            value: { format, dimensionality: BlobType_BlobDimensionality.MULTIPART },
          },
        }),
      ),
      create(LiteralTypeSchema, { type: { case: "schema", value: {} } }),
      create(LiteralTypeSchema, {
        type: {
          case: "structuredDatasetType",
          value: { format: "parquet", columns: [{ name: "x" }] },
        },
      }),
    ),
    tie("any").map(listOf),
    tie("any").map(mapOf),
    fc.array(tie("any"), { minLength: 1, maxLength: 3 }).map((variants) => unionOf(...variants)),
  ),
})).any;

const time = fc.oneof(
  fc
    .date({
      noInvalidDate: true,
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
    })
    .map((date) => date.toISOString()),
  fc.stringMatching(
    /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,10})?(Z|[+-][0-2]\d:\d\d)$/,
  ),
  fc.constantFrom(
    "2024-02-29T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "0001-01-01T00:00:00+23:00",
    "1900-02-29T00:00:00Z",
  ),
);
const texts = fc.oneof(
  fc.string(),
  time,
  fc.stringMatching(/^-?\d{1,13}(\.\d{1,10})?s$/),
  fc.base64String(),
  fc.constantFrom(
    "a",
    "b",
    "csv",
    "parquet",
    "blob",
    "binary",
    "error",
    "union",
    "offloaded",
    "schema",
    "structuredDataset",
    "MULTIPART",
    "315576000001s",
  ),
);
const keys = fc.oneof(
  fc.constantFrom(
    "kind",
    "uri",
    "format",
    "dimensionality",
    "type",
    "value",
    "tag",
    "message",
    "failedNodeId",
    "sizeBytes",
    "lr",
    "next",
    "inner",
    "__proto__",
  ),
  fc.string(),
);

/** JSON that is near to what the schemas accept, and often beside it. */
const jsons: fc.Arbitrary<JsonValue> = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<JsonValue[]>(null, true, false, 1e300, -0, 2 ** 53, 0.5),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    texts,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(keys, tie("any"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;

/** JSON that a type's schema accepts more often than not. */
function jsonFor(type: LiteralType): fc.Arbitrary<JsonValue> {
  const { type: kind } = type;
  switch (kind.case) {
    case "collectionType":
      return fc.array(jsonFor(kind.value), { maxLength: 3 });
    case "mapValueType":
      return fc.dictionary(keys, jsonFor(kind.value), { maxKeys: 3, noNullPrototype: true });
    case "unionType":
      return fc.oneof(...kind.value.variants.map(jsonFor));
    case "simple":
      return fc.oneof(
        { weight: 3, arbitrary: simpleJson(kind.value) },
        { weight: 1, arbitrary: jsons },
      );
    case "enumType":
      return fc.constantFrom("a", "b", "c");
    default:
      return fc.record(
        {
          uri: texts,
          kind: fc.constantFrom("blob", "schema", "structuredDataset"),
          format: fc.constantFrom("", "csv", "parquet"),
          type: jsons,
        },
        { requiredKeys: ["uri"], noNullPrototype: true },
      );
  }
}

function simpleJson(type: SimpleType): fc.Arbitrary<JsonValue> {
  switch (type) {
    case SimpleType.INTEGER:
      return fc.maxSafeInteger();
    case SimpleType.FLOAT:
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case SimpleType.BOOLEAN:
      return fc.boolean();
    case SimpleType.NONE:
      return fc.constant(null);
    case SimpleType.STRUCT:
      return fc.dictionary(keys, jsons, { noNullPrototype: true });
    case SimpleType.BINARY:
      return fc.record({ value: fc.base64String(), tag: texts }, { noNullPrototype: true });
    case SimpleType.ERROR:
      return fc.record(
        { message: texts, failedNodeId: texts },
        { requiredKeys: ["message"], noNullPrototype: true },
      );
    default:
      return texts;
  }
}

/** Whether all of a literal is within what JSON has types for, and in the literal itself. */
function isWithinJson(json: JsonValue | undefined, literal: Literal): boolean {
  const { value } = literal;
  if (value.case === "offloadedMetadata") return false;
  if (value.case === "collection")
    return value.value.literals.every((item) => isWithinJson(json, item));
  if (value.case === "map")
    return Object.values(value.value.literals).every((item) => isWithinJson(json, item));
  const scalar = value.value?.value;
  if (scalar?.case === "union")
    return scalar.value.value !== undefined && isWithinJson(json, scalar.value.value);
  if (scalar?.case !== "primitive") return true;
  const primitive = scalar.value.value;
  if (primitive.case === "integer") return Number.isSafeInteger(Number(primitive.value));
  return primitive.case !== "floatValue" || Number.isFinite(primitive.value);
}

describe("forms and literals", () => {
  test("every JSON that the schema accepts converts to literals, and back to JSON that it accepts", () => {
    const check = schemaChecker();
    let accepted = 0;
    fc.assert(
      fc.property(
        types.chain((type) => fc.tuple(fc.constant(type), fc.oneof(jsonFor(type), jsons))),
        ([type, value]) => {
          const of = parameters({ x: type });
          const schema = interfaceToJsonSchema(of);
          // As a page would have it: parsed.
          const json = JSON.parse(JSON.stringify({ x: value })) as JsonObject;
          if (check(schema, json) !== "") return;
          accepted += 1;
          const literals = jsonToLiterals(json, of);
          expect(check(schema, literalsToJson(literals))).toBe("");
        },
      ),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(60);
  });

  test("the JSON of literals is accepted by the schema, and converts to literals with the same JSON", () => {
    const check = schemaChecker();
    fc.assert(
      fc.property(typedLiterals, ({ literal, type }) => {
        const of = parameters({ x: type });
        const literals = create(LiteralMapSchema, { literals: { x: literal } });
        const json = literalsToJson(literals);
        fc.pre(isWithinJson(json["x"], literal));
        expect(check(interfaceToJsonSchema(of), json)).toBe("");
        expect(withoutColumns(literalsToJson(jsonToLiterals(json, of)))).toEqual(
          withoutColumns(json),
        );
      }),
      { numRuns: 200 },
    );
  });

  test("a reference takes the variant of a union that keeps its format, wherever it is listed", () => {
    const blob = (format: string) =>
      create(LiteralTypeSchema, { type: { case: "blob", value: { format } } });
    const json = {
      x: [{ kind: "blob", uri: "s3://b/k", format: "", dimensionality: "SINGLE" }],
    };
    for (const formats of [
      ["csv", ""],
      ["", "csv"],
    ]) {
      const of = parameters({ x: listOf(unionOf(...formats.map(blob))) });
      expect(literalsToJson(jsonToLiterals(json, of))).toEqual(json);
    }
    const nested = parameters({ x: listOf(unionOf(unionOf(blob("csv")), unionOf(blob("")))) });
    expect(literalsToJson(jsonToLiterals(json, nested))).toEqual(json);
  });

  test("literals whose types differ in JSON come back as they were", () => {
    const of = parameters({
      i: simple(SimpleType.INTEGER),
      f: simple(SimpleType.FLOAT),
      s: simple(SimpleType.STRING),
      t: simple(SimpleType.DATETIME),
      d: simple(SimpleType.DURATION),
      b: simple(SimpleType.BOOLEAN),
      l: listOf(simple(SimpleType.DATETIME)),
      o: unionOf(simple(SimpleType.NONE), simple(SimpleType.STRING)),
    });
    fc.assert(
      fc.property(
        fc.record({
          i: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
          f: fc.oneof(
            fc.double({ noNaN: true, noDefaultInfinity: true }),
            fc.constantFrom("Infinity", "-Infinity"),
          ),
          s: fc.string(),
          b: fc.boolean(),
          o: fc.option(fc.string()),
          t: fc
            .date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") })
            .map((date) => date.toISOString()),
          d: fc.integer().map((value) => `${value}.25s`),
        }),
        (json) => {
          const literals = jsonToLiterals({ ...json, l: [json.t] }, of);
          const again = jsonToLiterals(literalsToJson(literals), of);
          expect(equals(LiteralMapSchema, again, literals)).toBe(true);
        },
      ),
    );
  });
});

/** Columns are those of the declared type, and the format too where the value has none. */
function withoutColumns(json: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(json)) return json.map((item) => withoutColumns(item) ?? null);
  if (typeof json !== "object" || json === null) return json;
  const { kind } = json;
  const left = kind === "schema" || kind === "structuredDataset" ? ["type", "format"] : [];
  return Object.fromEntries(
    Object.entries(json)
      .filter(([name]) => !left.includes(name))
      .map(([name, value]) => [name, withoutColumns(value) ?? null]),
  );
}
