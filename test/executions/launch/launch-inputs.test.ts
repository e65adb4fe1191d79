import { create } from "@bufbuild/protobuf";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { expectTypeOf } from "expect-type";

import { type Variable, VariableSchema } from "../../../gen/flyteidl/core/interface_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import {
  AdminClient,
  type LaunchInput,
  LiteralError,
  literalsToValues,
  msgpack,
  valueToLiteral,
  valuesToLiterals,
  type LiteralValue,
} from "../../../src/index.js";
import { InMemoryFlyteAdmin, seedTask } from "../../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };
const version = { name: "train", version: "v1" };
const launchPlan = { name: "train" };

function simple(type: SimpleType): Variable {
  return create(VariableSchema, { type: { type: { case: "simple", value: type } } });
}

const variables = {
  epochs: simple(SimpleType.INTEGER),
  rate: simple(SimpleType.FLOAT),
  config: simple(SimpleType.STRUCT),
};

/** The inputs of the workflow, as its users describe them. */
interface Train {
  readonly inputs: {
    readonly epochs: bigint | number;
    readonly rate?: number;
    readonly config?: Readonly<Record<string, unknown>>;
  };
}

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), fetch: flyte.fetch, defaults });
  await seedTask(flyte, { name: "train", interface: { inputs: { variables }, outputs: {} } });
  const taskId = await seedTask(flyte);
  const node = {
    id: "n0",
    target: {
      case: "taskNode" as const,
      value: { reference: { case: "referenceId" as const, value: taskId } },
    },
  };
  const workflowId = {
    ...taskId,
    ...version,
    resourceType: 2,
  } as const;
  await admin.workflows.create({
    id: version,
    spec: { template: { id: workflowId, interface: { inputs: { variables } }, nodes: [node] } },
  });
  const optional = (variable: Variable, value: unknown) => ({
    var: variable,
    behavior: { case: "default" as const, value: valueToLiteral(value, variable.type!) },
  });
  await admin.launchPlans.create({
    id: version,
    spec: {
      workflowId,
      defaultInputs: {
        parameters: { rate: optional(variables.rate, 0.1), config: optional(variables.config, {}) },
      },
    },
  });
  await admin.launchPlans.activate(version);
});

async function launched<Interface extends { inputs: object }>(
  request: LaunchInput<Interface>,
): Promise<Record<string, LiteralValue>> {
  const id = await admin.executions.launch<Interface>(request);
  const result = await admin.executions.inputs(id);
  if (result.kind !== "literals") throw new Error(result.kind);
  return literalsToValues(result.literals, { binary: msgpack });
}

function calls(rpc: string): number {
  return flyte.calls.filter((call) => call.rpc === rpc).length;
}

describe("a launch with values", () => {
  test("makes them literals of the types that the active launch plan declares", async () => {
    expect(await launched<Train>({ launchPlan, values: { epochs: 3 } })).toMatchObject({
      epochs: 3n,
      rate: 0.1,
    });
    // The active launch plan was asked for anyway.
    expect([calls("GetActiveLaunchPlan"), calls("GetLaunchPlan")]).toEqual([1, 0]);
  });

  test("asks a launch plan of a named version for its types", async () => {
    const values = { epochs: 3n, rate: 1 };
    expect(await launched<Train>({ launchPlan: version, values })).toMatchObject(values);
  });

  test("asks a task that is launched by itself for its types", async () => {
    const values = { epochs: 3n, rate: 1, config: { depth: 2 } };
    expect(await launched<Train>({ task: version, values, binary: msgpack })).toEqual(values);
  });

  test("needs no type parameter", async () => {
    const values: Record<string, unknown> = { epochs: 3n };
    expect(await launched({ launchPlan, values })).toMatchObject({ epochs: 3n });
  });

  test.each([
    [{ epochs: "x" }, 'inputs.epochs: expected an integer, got "x"'],
    [{ epochs: 1, rate: "x" }, 'inputs.rate: expected a number, got "x"'],
    [
      { epochs: 1, config: { items: [1, Number.NaN] } },
      "inputs.config.items[1]: expected a finite number",
    ],
    [{ epochs: 1, speed: 1 }, "inputs.speed: unknown name; the interface has"],
    [{}, "inputs.epochs: expected a value, since it has no default"],
    [{ epochs: undefined }, "inputs.epochs: expected a value, since it has no default"],
  ])("that do not fit is refused with the path, before it is made: %j", async (values, text) => {
    const work = admin.executions.launch({ launchPlan, values });
    await expect(work).rejects.toBeInstanceOf(LiteralError);
    await expect(work).rejects.toThrow(text);
    expect(calls("CreateExecution")).toBe(0);
  });

  test.each([
    { launchPlan, values: { epochs: 1 }, inputs: {} },
    { launchPlan, values: [1] },
  ])("that cannot be meant is refused before any call: %j", async (request) => {
    const before = flyte.calls.length;
    const work = admin.executions.launch(request as never);
    await expect(work).rejects.toMatchObject({ option: "values" });
    expect(flyte.calls).toHaveLength(before);
  });
});

describe("a launch with literals", () => {
  test("takes those that valuesToLiterals makes", async () => {
    const map = { $typeName: "flyteidl.core.VariableMap", variables } as const;
    const { literals } = valuesToLiterals({ epochs: 3 }, map);
    expect(await launched({ launchPlan, inputs: literals })).toMatchObject({ epochs: 3n });
  });
});

describe("a described workflow", () => {
  type Request = LaunchInput<Train>;
  const epochs = valueToLiteral(3, variables.epochs.type!);

  test("has its inputs' names and types checked by the compiler", () => {
    expectTypeOf({ launchPlan, values: { epochs: 3n } }).toExtend<Request>();
    expectTypeOf({ launchPlan, values: { epochs: 3, rate: 0.5 } }).toExtend<Request>();
    expectTypeOf({ launchPlan, inputs: { epochs } }).toExtend<Request>();
    expectTypeOf({ launchPlan, values: { epochs: "3" } }).not.toExtend<Request>();
    expectTypeOf({ launchPlan, values: { rate: 0.5 } }).not.toExtend<Request>();
    expectTypeOf({ launchPlan, inputs: {} }).not.toExtend<Request>();
    expectTypeOf({ launchPlan, inputs: { epochs: 3n } }).not.toExtend<Request>();
    expectTypeOf({ launchPlan }).not.toExtend<Request>();
    expectTypeOf({ launchPlan, values: {}, inputs: {} }).not.toExtend<LaunchInput>();

    // @ts-expect-error The plan lacks this input.
    const unknownValue: Request = { launchPlan, values: { epochs: 3n, speed: 1 } };
    // @ts-expect-error The plan lacks this input.
    const unknownLiteral: Request = { launchPlan, inputs: { epochs, speed: epochs } };
    expect([unknownValue, unknownLiteral]).toHaveLength(2);
  });

  test("of which all inputs are optional may be launched without", () => {
    expectTypeOf({ launchPlan }).toExtend<LaunchInput<{ inputs: { rate?: number } }>>();
    expectTypeOf({ launchPlan }).toExtend<LaunchInput>();
    expectTypeOf({ launchPlan, inputs: { anything: epochs } }).toExtend<LaunchInput>();
  });
});
