import { create, type JsonObject } from "@bufbuild/protobuf";
import { beforeEach, describe, expect, test } from "@jest/globals";

import {
  AdminClient,
  InvalidOptionError,
  interfaceToJsonSchema,
  JsonInputError,
  jsonToLiterals,
  type LaunchPlan,
  literalsToJson,
  literalsToValues,
  msgpack,
  typedInterface,
  type VariableMap,
} from "../../../src/index.js";
import { LaunchPlanSchema } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import { InMemoryFlyteAdmin } from "../../../src/testing.js";
import { dataclassType, everyKind, registerPlan, scope } from "../../codegen/seed-plans.js";

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let plan: LaunchPlan;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
  await registerPlan(flyte, admin, {
    name: "train",
    inputs: {
      epochs: "integer",
      rate: "float",
      since: "datetime",
      note: everyKind["note"] ?? "string",
      config: everyKind["config"] ?? "struct",
      big: "integer",
      names: everyKind["names"] ?? "string",
      data: everyKind["data"] ?? "string",
      idOrName: everyKind["idOrName"] ?? "string",
    },
    descriptions: { epochs: "Passes over the data.", rate: "rate" },
    defaults: {
      rate: 0.1,
      since: new Date("2026-01-02T03:04:05Z"),
      config: { lr: 1, layers: [] },
      big: 2n ** 60n,
      names: ["a"],
    },
  });
  plan = await admin.launchPlans.getActive({ name: "train" });
});

function inputs(types: Parameters<typeof typedInterface>[0]["inputs"]): VariableMap {
  const { inputs: variables } = typedInterface({ inputs: types });
  if (variables === undefined) throw new Error("unreachable");
  return variables;
}

function errorOf(json: Readonly<Record<string, unknown>>): JsonInputError {
  try {
    jsonToLiterals(
      { epochs: 1, note: null, data: { uri: "s3://b/k" }, idOrName: 1, ...json },
      plan,
    );
  } catch (error) {
    if (error instanceof JsonInputError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("the JSON schema of a launch plan", () => {
  test("has titles, descriptions and defaults, and requires what has no default", () => {
    const schema = interfaceToJsonSchema(plan);
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      required: ["data", "epochs", "idOrName", "note"],
      additionalProperties: false,
      properties: {
        epochs: { title: "epochs", description: "Passes over the data.", type: "integer" },
        rate: { title: "rate", type: "number", default: 0.1 },
        since: { type: "string", format: "date-time", default: "2026-01-02T03:04:05Z" },
        note: { type: ["string", "null"], default: null },
        names: { type: "array", items: { type: "string" }, default: ["a"] },
        idOrName: {
          anyOf: [
            { title: "integer", type: "integer" },
            { title: "string", type: "string" },
          ],
        },
      },
    });
    const { rate, big } = schema["properties"] as Record<string, JsonObject>;
    expect(rate).not.toHaveProperty("description");
    expect(big).not.toHaveProperty("default");
    expect(Object.keys(schema["properties"] as JsonObject)).toEqual([
      "big",
      "config",
      "data",
      "epochs",
      "idOrName",
      "names",
      "note",
      "rate",
      "since",
    ]);
  });

  test("holds the schema of a dataclass, with references into it", () => {
    const { properties, $defs } = interfaceToJsonSchema(plan) as Record<string, JsonObject>;
    expect(properties?.["config"]).toEqual({
      title: "config",
      type: "object",
      $ref: "#/$defs/config",
      default: { lr: 1, layers: [] },
    });
    expect($defs?.["config"]).toMatchObject({
      title: "Config",
      properties: { layers: { items: { $ref: "#/$defs/config/$defs/Layer" } } },
      required: ["lr", "layers"],
    });
    expect($defs?.["config"]).not.toHaveProperty("$schema");
  });

  test("leaves out of a dataclass what a validator would refuse, and reads older drafts", () => {
    const metadata = {
      $ref: "#/definitions/Config",
      definitions: {
        Config: {
          type: "object",
          properties: {
            steps: { type: "number", format: "integer" },
            code: { type: "str", pattern: "(" },
            pair: { type: "array", items: [{ type: "string" }, { $ref: "#/nowhere" }] },
            other: { $ref: "https://example.com/schema" },
            default: { $ref: "#/definitions/Config" },
          },
          required: true,
        },
      },
    };
    const schema = interfaceToJsonSchema(inputs({ c: dataclassType(metadata) }));
    expect((schema["$defs"] as Record<string, JsonObject>)["c"]).toEqual({
      $ref: "#/$defs/c/definitions/Config",
      definitions: {
        Config: {
          type: "object",
          properties: {
            steps: { type: "number" },
            code: {},
            pair: { type: "array", prefixItems: [{ type: "string" }, {}] },
            other: {},
            default: { $ref: "#/$defs/c/definitions/Config" },
          },
        },
      },
    });
  });

  test("serves an interface as its inputs alone", () => {
    const whole = typedInterface({ inputs: { epochs: "integer" }, outputs: { model: "string" } });
    expect(interfaceToJsonSchema(whole)).toEqual(
      interfaceToJsonSchema(inputs({ epochs: "integer" })),
    );
    expect(interfaceToJsonSchema(typedInterface({}))).toMatchObject({ properties: {} });
  });

  test("serves the inputs of a task, all of them required", () => {
    expect(interfaceToJsonSchema(inputs({ b: "integer", a: "string" }))).toMatchObject({
      required: ["a", "b"],
    });
  });

  test("is refused for a launch plan without its closure", () => {
    expect(() => interfaceToJsonSchema(create(LaunchPlanSchema))).toThrow(InvalidOptionError);
    expect(() => interfaceToJsonSchema({} as LaunchPlan)).toThrow("interface must be a LaunchPlan");
  });
});

describe("JSON of a form as literals", () => {
  test("launches the launch plan", async () => {
    const json = {
      epochs: 3,
      rate: undefined,
      note: null,
      idOrName: "x",
      data: { uri: "s3://bucket/data.csv" },
      config: { lr: 0.5, layers: [{ width: 2, inner: undefined }] },
      since: "2026-11-29T15:30:00.123456789+01:00",
    };
    const { literals } = jsonToLiterals(json, plan);
    const id = await admin.executions.launch({ launchPlan: { name: "train" }, inputs: literals });
    const stored = await admin.executions.inputs(id);
    expect(stored.kind === "literals" && literalsToJson(stored.literals)).toEqual({
      epochs: 3,
      rate: 0.1,
      note: null,
      idOrName: "x",
      names: ["a"],
      big: String(2n ** 60n),
      data: { kind: "blob", uri: "s3://bucket/data.csv", format: "csv", dimensionality: "SINGLE" },
      config: { lr: 0.5, layers: [{ width: 2 }] },
      since: "2026-11-29T14:30:00.123456789Z",
    });
  });

  test("writes dataclasses in msgpack on request", () => {
    const of = inputs({ config: everyKind["config"] ?? "struct" });
    const literals = jsonToLiterals({ config: { lr: 1, steps: 3 } }, of, { binary: msgpack });
    expect(literalsToValues(literals, { binary: msgpack })).toEqual({
      config: { lr: 1, steps: 3 },
    });
    expect(literals.literals["config"]?.value).toMatchObject({
      value: { value: { case: "binary" } },
    });
  });

  test("takes integers beyond 2^53 and what is no number as strings", () => {
    const of = inputs({ i: "integer", f: "float" });
    const json = { i: String(-(2n ** 63n)), f: "-Infinity" };
    expect(literalsToJson(jsonToLiterals(json, of))).toEqual(json);
    expect(() => jsonToLiterals({ ...json, i: String(2n ** 63n) }, of)).toThrow(
      "inputs.i: expected an integer of 64 bits",
    );
  });

  test("takes a member called kind for a part of a struct", () => {
    const json = { s: { kind: "offloaded", uri: "s3://b/k" } };
    expect(literalsToJson(jsonToLiterals(json, inputs({ s: "struct" })))).toEqual(json);
  });

  test.each([
    [{ epochs: "x" }, "/epochs", 'inputs.epochs: expected an integer, got "x"'],
    [{ epochs: undefined }, "/epochs", "inputs.epochs: expected a value, since it has no default"],
    [{ names: ["a", 3] }, "/names/1", "inputs.names[1]: expected a string, got 3"],
    [{ since: "2026-02-30T00:00:00Z" }, "/since", "inputs.since: expected a datetime such as"],
    [{ data: { uri: "" } }, "/data", "inputs.data.uri: expected a storage URI"],
    [{ note: 3 }, "/note", "inputs.note: expected a value of one of 2 types"],
    [{ "a/b~": 3 }, "/a~1b~0", 'inputs["a/b~"]: unknown name; the interface has big, config'],
  ])("points at what is wrong in %j", (json, pointer, message) => {
    const error = errorOf(json);
    expect(error.pointer).toBe(pointer);
    expect(error.message).toContain(message);
  });

  test("that is no object is refused", () => {
    expect(() => jsonToLiterals([] as never, plan)).toThrow("inputs: expected an object of inputs");
  });
});
