import { equals } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";

import { LiteralTypeSchema } from "../../gen/flyteidl/core/types_pb.js";
import {
  blobType,
  enumType,
  InvalidOptionError,
  listType,
  mapType,
  simpleType,
  SimpleType,
  structuredDatasetType,
  typedInterface,
  unionType,
} from "../../src/index.js";

describe("literal types", () => {
  test.each(Object.keys(SimpleType).filter((key) => /^[A-Z]+$/.test(key)))(
    "have a helper for the simple type %s",
    (name) => {
      const type = simpleType(name.toLowerCase() as "integer");
      expect(type.type).toEqual({ case: "simple", value: SimpleType[name as "INTEGER"] });
    },
  );

  test("nest, by name or as messages", () => {
    const byName = listType(mapType("integer"));
    expect(equals(LiteralTypeSchema, byName, listType(mapType(simpleType("integer"))))).toBe(true);
    expect(unionType(["string", "none"]).type).toMatchObject({
      case: "unionType",
      value: { variants: [simpleType("string"), simpleType("none")] },
    });
    expect(blobType({ format: "csv", isFolder: true }).type).toMatchObject({
      case: "blob",
      value: { format: "csv", dimensionality: 1 },
    });
    expect(enumType(["red"]).type).toMatchObject({ value: { values: ["red"] } });
    expect(structuredDatasetType({ a: "float" }).type).toMatchObject({
      value: { columns: [{ name: "a", literalType: simpleType("float") }] },
    });
  });

  test("make an interface of names", () => {
    const { inputs, outputs } = typedInterface({ inputs: { epochs: "integer" } });
    expect(inputs?.variables["epochs"]?.type).toEqual(simpleType("integer"));
    expect(outputs?.variables).toEqual({});
  });

  test.each([
    () => simpleType("int" as never),
    () => listType(undefined as never),
    () => enumType([]),
    () => unionType("string" as never),
    () => typedInterface({ inputs: { a: "INTEGER" as never } }),
  ])("are refused where the type does not exist (%#)", (make) => {
    expect(make).toThrow(InvalidOptionError);
  });
});
