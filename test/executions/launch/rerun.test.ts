import { create } from "@bufbuild/protobuf";
import { beforeEach, describe, expect, it } from "@jest/globals";

import { type Variable, VariableSchema } from "../../../gen/flyteidl/core/interface_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import {
  AdminClient,
  LiteralError,
  literalsToValues,
  type LiteralValue,
  valueToLiteral,
  type WorkflowExecutionIdentifier,
} from "../../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution, seedTask } from "../../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };

/** Looks up a variable that the test has. */
function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("not there");
  return value;
}

function simple(type: SimpleType): Variable {
  return create(VariableSchema, { type: { type: { case: "simple", value: type } } });
}

const epochs = simple(SimpleType.INTEGER);
const rate = simple(SimpleType.FLOAT);
const note = simple(SimpleType.STRING);

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

/** Registers a version of the workflow `train` and its launch plan. */
async function register(
  version: string,
  variables: Record<string, Variable>,
  spec: { fixed?: Record<string, unknown>; defaults?: Record<string, unknown> } = {},
): Promise<void> {
  const taskId = await seedTask(flyte);
  const reference = { case: "referenceId" as const, value: taskId };
  const node = { id: "n0", target: { case: "taskNode" as const, value: { reference } } };
  const workflowId = { ...taskId, name: "train", version, resourceType: 2 } as const;
  await admin.workflows.create({
    id: { name: "train", version },
    spec: { template: { id: workflowId, interface: { inputs: { variables } }, nodes: [node] } },
  });
  const literals = (values: Record<string, unknown> = {}) =>
    Object.entries(values).map(
      ([name, value]) =>
        [name, valueToLiteral(value, required(required(variables[name]).type))] as const,
    );
  await admin.launchPlans.create({
    id: { name: "train", version },
    spec: {
      workflowId,
      fixedInputs: { literals: Object.fromEntries(literals(spec.fixed)) },
      defaultInputs: {
        parameters: Object.fromEntries(
          literals(spec.defaults).map(([name, value]) => [
            name,
            { var: required(variables[name]), behavior: { case: "default" as const, value } },
          ]),
        ),
      },
    },
  });
}

beforeEach(async () => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const retry = { delay: () => Promise.resolve() };
  admin = new AdminClient({ transport: flyte.transport(), fetch: flyte.fetch, defaults, retry });
  await register("v1", { epochs, rate }, { defaults: { rate: 0.1 } });
});

async function inputsOf(id: WorkflowExecutionIdentifier): Promise<Record<string, LiteralValue>> {
  const result = await admin.executions.inputs(id);
  if (result.kind !== "literals") throw new Error(result.kind);
  return literalsToValues(result.literals);
}

function launch(): Promise<WorkflowExecutionIdentifier> {
  return admin.executions.launch({
    launchPlan: { name: "train", version: "v1" },
    values: { epochs: 3, rate: 0.5 },
    name: "first",
    spec: {
      labels: { values: { team: "vision" } },
      annotations: { values: { why: "test" } },
      overwriteCache: true,
      maxParallelism: 7,
    },
  });
}

describe("A rerun of an execution", () => {
  it("has the inputs and settings of the execution, a reference to it, and the value that changed", async () => {
    const first = await launch();
    const { id, dropped } = await admin.executions.rerun(first, {
      values: { epochs: 9 },
      name: "second",
    });
    expect(await inputsOf(id)).toEqual({ epochs: 9n, rate: 0.5 });
    expect(dropped).toEqual([]);
    const { spec } = await admin.executions.get(id);
    expect(id.name).toBe("second");
    expect(spec).toMatchObject({
      launchPlan: { name: "train", version: "v1" },
      labels: { values: { team: "vision" } },
      annotations: { values: { why: "test" } },
      maxParallelism: 7,
      overwriteCache: false,
      metadata: { referenceExecution: { name: "first" } },
    });
  });

  it("takes literals for the inputs that change", async () => {
    const { id } = await admin.executions.rerun(await launch(), {
      inputs: { rate: valueToLiteral(0.9, required(rate.type)) },
      overwriteCache: true,
    });
    expect(await inputsOf(id)).toEqual({ epochs: 3n, rate: 0.9 });
    expect((await admin.executions.get(id)).spec?.overwriteCache).toBe(true);
  });

  it("runs another version, and says which inputs that does not know and which it fixes", async () => {
    await register("v2", { epochs, note }, { fixed: { epochs: 1 } });
    const { id, dropped } = await admin.executions.rerun(await launch(), {
      version: "v2",
      values: { note: "new" },
    });
    expect(await inputsOf(id)).toEqual({ epochs: 1n, note: "new" });
    expect(dropped).toEqual([
      { kind: "fixedInput", name: "epochs" },
      { kind: "unknownInput", name: "rate" },
    ]);
  });

  it("refuses a version whose new input has neither a value nor a default, before it launches", async () => {
    await register("v2", { epochs, note });
    const first = await launch();
    flyte.clearCalls();
    await expect(admin.executions.rerun(first, { version: "v2" })).rejects.toThrow(LiteralError);
    expect(flyte.calls.map(({ rpc }) => rpc)).not.toContain("CreateExecution");
  });

  it("refuses to change an input that the launch plan fixes", async () => {
    await register("v2", { epochs }, { fixed: { epochs: 1 } });
    const again = admin.executions.rerun(await launch(), { version: "v2", values: { epochs: 2 } });
    await expect(again).rejects.toThrow('"epochs" is fixed by the launch plan "train"');
  });

  it("refuses a value of another type, and an input in both forms", async () => {
    const first = await launch();
    const wrong = admin.executions.rerun(first, { values: { epochs: "many" } });
    await expect(wrong).rejects.toThrow(LiteralError);
    const twice = admin.executions.rerun(first, {
      values: { epochs: 1 },
      inputs: { epochs: valueToLiteral(1, required(epochs.type)) },
    });
    await expect(twice).rejects.toThrow('"epochs" is in values and in inputs');
    const unknown = admin.executions.rerun(first, { vales: {} } as object);
    await expect(unknown).rejects.toThrow("Use values");
  });

  it("starts one execution when the answer of a named one is lost", async () => {
    const first = await launch();
    flyte.faults.add({ rpc: "CreateExecution", times: 1, body: "truncated" });
    const { id } = await admin.executions.rerun(first, { values: { epochs: 9 }, name: "once" });
    expect(id.name).toBe("once");
    expect(await inputsOf(id)).toEqual({ epochs: 9n, rate: 0.5 });
  });

  it("says that inputs which cannot be read cannot be carried over", async () => {
    const id = await seedExecution(flyte, { ...defaults, name: "plain" });
    const first = await launch();
    flyte.faults.add({ rpc: "GetExecutionData", code: "INTERNAL", message: "lost" });
    await expect(admin.executions.rerun(first)).rejects.toMatchObject({
      code: "FAILED_PRECONDITION",
      message: expect.stringContaining('inputs of execution "first" cannot be read'),
    });
    flyte.faults.clear();
    expect((await admin.executions.rerun(id)).dropped).toEqual([]);
  });
});
