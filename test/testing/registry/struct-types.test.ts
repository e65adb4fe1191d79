import type { JsonObject } from "@bufbuild/protobuf";
import { describe, expect, test } from "@jest/globals";

import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import {
  clientWithTasks,
  compile,
  input,
  registerTask,
  taskNode,
  type TypeInit,
} from "./workflow-parts.js";

/** The type of a dataclass, with the JSON schema that flytekit writes of it. */
const struct = (metadata?: JsonObject): TypeInit => ({
  type: { case: "simple", value: SimpleType.STRUCT },
  ...(metadata && { metadata }),
});

const blob = (format: string): TypeInit => ({ type: { case: "blob", value: { format } } });

const dataclass = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: "object",
  title: "Box",
  properties,
  required,
  additionalProperties: false,
});

const integer = { type: "integer" };
const string = { type: "string" };

/** Whether a workflow compiles that passes its input, of one type, to a task that wants the other. */
async function isAccepted(given: TypeInit, wanted: TypeInit): Promise<boolean> {
  const client = await clientWithTasks();
  await registerTask(client, "take", { value: wanted }, {});
  const nodes = [taskNode("n0", { value: input("value") }, { task: "take" })];
  return compile(client, { inputs: { value: given }, nodes }).then(
    () => true,
    () => false,
  );
}

describe("a dataclass stands for another", () => {
  const cases: readonly [
    title: string,
    given: JsonObject | undefined,
    wanted: JsonObject | undefined,
    accepted: boolean,
  ][] = [
    ["of the same schema", dataclass({ a: integer }), dataclass({ a: integer }), true],
    ["without a schema", dataclass({ a: integer }), undefined, true],
    ["when it has none itself", undefined, dataclass({ a: integer }), true],
    ["with fewer fields", dataclass({ a: integer, b: string }), dataclass({ a: integer }), true],
    [
      "but not with more fields",
      dataclass({ a: integer }),
      dataclass({ a: integer, b: string }),
      false,
    ],
    [
      "but not with a field of another type",
      dataclass({ a: integer }),
      dataclass({ a: string }),
      false,
    ],
    [
      "but not where a field is required that it may leave out",
      dataclass({ a: integer }, []),
      dataclass({ a: integer }),
      false,
    ],
    [
      "with fewer fields inside",
      dataclass({ in: dataclass({ a: integer, b: string }) }),
      dataclass({ in: dataclass({ a: integer }) }),
      true,
    ],
    [
      "with lists of the same items",
      dataclass({ a: { type: "array", items: integer }, b: string }),
      dataclass({ a: { type: "array", items: integer } }),
      true,
    ],
    [
      "but not with lists of other items",
      dataclass({ a: { type: "array", items: integer } }),
      dataclass({ a: { type: "array", items: string } }),
      false,
    ],
    [
      "with the same choices in another order",
      dataclass({ a: { anyOf: [integer, { type: "null" }] } }),
      dataclass({ a: { anyOf: [{ type: "null" }, integer] } }),
      true,
    ],
    [
      "but not with a choice that is not wanted",
      dataclass({ a: { anyOf: [string, { type: "null" }] } }),
      dataclass({ a: { anyOf: [integer, { type: "null" }] } }),
      false,
    ],
    [
      "behind a reference",
      {
        $schema: "http://json-schema.org/draft-07/schema#",
        $ref: "#/definitions/Box",
        definitions: { Box: dataclass({ a: integer, b: string }) },
      },
      dataclass({ a: integer }),
      true,
    ],
    [
      "but not of a draft that the server does not read",
      {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        ...dataclass({ a: integer, b: string }),
      },
      dataclass({ a: integer }),
      false,
    ],
  ];

  test.each(cases)("%s", async (_, given, wanted, accepted) => {
    expect(await isAccepted(struct(given), struct(wanted))).toBe(accepted);
  });

  test("when both contain themselves", async () => {
    const tree = (title: string) => ({
      ...dataclass({ next: { $ref: "#" }, a: integer }),
      title,
    });
    expect(await isAccepted(struct(tree("A")), struct(tree("B")))).toBe(true);
  });
});

describe("a blob stands for another", () => {
  test("of the same format, or when one of the two has none", async () => {
    expect(await isAccepted(blob("csv"), blob("csv"))).toBe(true);
    expect(await isAccepted(blob(""), blob("csv"))).toBe(true);
    expect(await isAccepted(blob("csv"), blob(""))).toBe(true);
    expect(await isAccepted(blob("csv"), blob("png"))).toBe(false);
    expect(await isAccepted(struct(), blob(""))).toBe(false);
  });
});
