import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";

import { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { type CallCredentials, ExecutionConflictError } from "../../../src/index.js";
import {
  InMemoryFlyteAdmin,
  type RpcName,
  seedExecution,
  seedTask,
  seedWorkflow,
} from "../../../src/testing.js";
import { wires, type WireClient } from "../../support/wires.js";

const scope = { project: "flytesnacks", domain: "development" };
const launchPlan = { ...scope, name: "core.flows.sample", version: "v1" };
const source = { ...scope, name: "source" };
const other = { ...scope, name: "other-source" };
const instant = { delay: () => Promise.resolve(), budget: Infinity };

const text = { type: { type: { case: "simple" as const, value: SimpleType.STRING } } };

describe.each(wires.map((wire) => [wire.name, wire] as const))("over %s", (_, wire) => {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  let client: WireClient;
  let names = 0;

  beforeAll(async () => {
    await seedWorkflow(flyte);
    await seedWorkflow(flyte, { name: "core.flows.other" });
    await seedTask(flyte, {
      name: "takes-input",
      interface: { inputs: { variables: { in: text } }, outputs: {} },
    });
    await seedExecution(flyte, { name: source.name, phase: "FAILED" });
    await seedExecution(flyte, { name: other.name, phase: "FAILED" });
    client = await wire.open(flyte, { retry: { ...instant, maxAttempts: 4 } });
  });
  afterAll(() => client.close());
  afterEach(() => {
    flyte.faults.clear();
  });

  const executions = () => client.admin.executions;
  const newName = () => `lost${(names += 1)}`;
  const countOf = async (name: string) =>
    (
      await executions()
        .list({ ...scope, name })
        .toArray({ limit: 10 })
    ).length;

  const creates: readonly (readonly [RpcName, (name: string) => Promise<{ name: string }>])[] = [
    ["CreateExecution", (name) => executions().launch({ launchPlan, name })],
    ["RelaunchExecution", (name) => executions().relaunch(source, { name })],
    ["RecoverExecution", (name) => executions().recover(source, { name })],
  ];

  it.each(creates)("%s returns the execution whose answer was lost", async (rpc, create) => {
    flyte.faults.add({ rpc, body: "truncated", times: 1 });
    const name = newName();
    const before = flyte.calls.length;
    expect(await create(name)).toMatchObject({ ...scope, name });
    expect(await countOf(name)).toBe(1);
    // Sent again, it would overwrite the inputs of whoever has the name.
    expect(flyte.calls.slice(before).filter((call) => call.rpc === rpc)).toHaveLength(1);
  });

  it("a launch is sent again where nothing has its name", async () => {
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 2 });
    const name = newName();
    expect(await executions().launch({ launchPlan, name })).toMatchObject({ name });
    expect(await countOf(name)).toBe(1);
  });

  it("a launch whose look-ups fail as well is looked up and sent again later", async () => {
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    flyte.faults.add({ rpc: "GetExecution", code: "UNAVAILABLE", times: 2 });
    const name = newName();
    expect(await executions().launch({ launchPlan, name })).toMatchObject({ name });
  });

  it("a launch whose answer is an empty message is found by its name", async () => {
    flyte.faults.add({ rpc: "CreateExecution", body: "empty", times: 1 });
    const name = newName();
    expect(await executions().launch({ launchPlan, name })).toMatchObject({ name });
  });

  it("a launch whose every answer was lost is found by its name", async () => {
    flyte.faults.add({ rpc: "CreateExecution", body: "truncated", times: 1 });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE" });
    const name = newName();
    expect(await executions().launch({ launchPlan, name })).toMatchObject({ name });
  });

  it("a launch that never arrived fails as it failed", async () => {
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE" });
    await expect(executions().launch({ launchPlan, name: newName() })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      attempts: 4,
    });
  });

  it("a name that another launch took meanwhile is a conflict", async () => {
    const name = newName();
    await executions().launch({ launchPlan: { ...launchPlan, name: "core.flows.other" }, name });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    const error: unknown = await executions()
      .launch({ launchPlan, name })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExecutionConflictError);
    expect(error).toMatchObject({
      code: "ALREADY_EXISTS",
      rpc: "CreateExecution",
      attempts: 1,
      executionId: { ...scope, name },
    });
  });

  const input = (text: string) => ({
    in: {
      value: {
        case: "scalar" as const,
        value: {
          value: {
            case: "primitive" as const,
            value: { value: { case: "stringValue" as const, value: text } },
          },
        },
      },
    },
  });
  const spec = (team: string) => ({
    labels: { values: { team } },
    annotations: { values: { ticket: team } },
  });

  it.each([
    ["label", { labels: { values: { team: "b" } }, annotations: spec("a").annotations }],
    ["annotation", { labels: spec("a").labels, annotations: { values: { ticket: "b" } } }],
    ["set of labels", { annotations: spec("a").annotations }],
    ["label more", { ...spec("a"), labels: { values: { team: "a", more: "yes" } } }],
    ["annotation more", { ...spec("a"), annotations: { values: { ticket: "a", more: "yes" } } }],
  ])("an execution with another %s is a conflict", async (_, other) => {
    const name = newName();
    await executions().launch({ launchPlan, name, spec: other });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    await expect(executions().launch({ launchPlan, name, spec: spec("a") })).rejects.toBeInstanceOf(
      ExecutionConflictError,
    );
  });

  const reruns: readonly (readonly [string, (name: string) => Promise<unknown>])[] = [
    ["a relaunch of another execution", (name) => executions().relaunch(other, { name })],
    ["a recovery of the same execution", (name) => executions().recover(source, { name })],
    ["a launch", (name) => executions().launch({ launchPlan, name })],
    [
      "a relaunch that overwrites the cache",
      (name) => executions().relaunch(source, { name, overwriteCache: true }),
    ],
  ];

  it.each(reruns)("a name that %s took meanwhile is a conflict of a relaunch", async (_, take) => {
    const name = newName();
    await take(name);
    flyte.faults.add({ rpc: "RelaunchExecution", code: "UNAVAILABLE", times: 1 });
    await expect(
      executions().relaunch(source, { name, overwriteCache: false }),
    ).rejects.toBeInstanceOf(ExecutionConflictError);
  });

  it.each(reruns.slice(0, 1))(
    "a name that %s took meanwhile is a conflict of a recovery",
    async (_, take) => {
      const name = newName();
      await take(name);
      flyte.faults.add({ rpc: "RecoverExecution", code: "UNAVAILABLE", times: 1 });
      await expect(executions().recover(other, { name })).rejects.toBeInstanceOf(
        ExecutionConflictError,
      );
    },
  );

  it("an execution with the labels and annotations that were sent is the own one", async () => {
    const name = newName();
    flyte.faults.add({ rpc: "CreateExecution", body: "truncated", times: 1 });
    const launched = executions().launch({ launchPlan, name, spec: spec("a") });
    expect(await launched).toMatchObject({ name });
  });

  it("an execution with labels is a conflict where none were sent", async () => {
    const name = newName();
    await executions().launch({ launchPlan, name, spec: spec("a") });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    await expect(executions().launch({ launchPlan, name })).rejects.toBeInstanceOf(
      ExecutionConflictError,
    );
  });

  it("labels of the project beside those that were sent are no conflict", async () => {
    const project = { id: newName(), labels: { cost: "research" } };
    await client.admin.projects.register(project);
    const name = newName();
    const request = { launchPlan, name, project: project.id, domain: scope.domain };
    // FlyteAdmin adds the labels of a project to those that are sent.
    const labels = { values: { team: "a", cost: "research" } };
    await executions().launch({ ...request, spec: { ...spec("a"), labels } });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    const launched = executions().launch({ ...request, spec: spec("a") });
    expect(await launched).toMatchObject({ name, project: project.id });
  });

  const task = { ...scope, name: "takes-input", version: "v1" };

  it("an execution with other inputs is a conflict, one with the same is the own one", async () => {
    const name = newName();
    await executions().launch({ task, name, inputs: input("theirs") });
    const before = await executions().inputs({ ...scope, name });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    await expect(executions().launch({ task, name, inputs: input("ours") })).rejects.toBeInstanceOf(
      ExecutionConflictError,
    );
    // A create that arrives writes its inputs over theirs before it is refused, as in FlyteAdmin.
    expect(await executions().inputs({ ...scope, name })).toEqual(before);
    flyte.faults.clear();
    const own = newName();
    flyte.faults.add({ rpc: "CreateExecution", body: "truncated", times: 1 });
    const launched = executions().launch({ task, name: own, inputs: input("ours") });
    expect(await launched).toMatchObject({ name: own });
  });

  it("inputs that the server does not return are no conflict, and the launch is not repeated", async () => {
    const name = newName();
    await executions().launch({ task, name, inputs: input("too large to return") });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    flyte.putBlob(
      `s3://my-s3-bucket/metadata/${scope.project}/${scope.domain}/${name}/inputs`,
      new Uint8Array(),
    );
    const error: unknown = await executions()
      .launch({ task, name, inputs: input("too large to return") })
      .catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(ExecutionConflictError);
    expect(error).toMatchObject({ code: "UNAVAILABLE", attempts: 1 });
    expect(String(error)).toContain(`${name} exists, and may be the one that this call launched`);
  });

  const planWithDefault = async () => {
    const workflowId = { resourceType: ResourceType.WORKFLOW, ...launchPlan, name: newName() };
    const taskId = { resourceType: ResourceType.TASK, ...launchPlan, name: "core.retry.flaky" };
    const target = {
      case: "taskNode" as const,
      value: { reference: { case: "referenceId" as const, value: taskId } },
    };
    const template = {
      id: workflowId,
      metadata: {},
      metadataDefaults: {},
      interface: { inputs: { variables: { in: text } }, outputs: {} },
      nodes: [{ id: "n0", metadata: { name: "n0" }, target }],
    };
    await client.admin.workflows.create({ id: workflowId, spec: { template } });
    const behavior = { case: "default" as const, value: input("usual").in };
    await client.admin.launchPlans.create({
      id: { ...workflowId, resourceType: ResourceType.LAUNCH_PLAN },
      spec: {
        workflowId,
        entityMetadata: {},
        defaultInputs: { parameters: { in: { var: text, behavior } } },
        fixedInputs: {},
      },
    });
    return { ...launchPlan, name: workflowId.name };
  };

  it("defaults of the launch plan beside the inputs that were sent are no conflict, other values are", async () => {
    const plan = await planWithDefault();
    const name = newName();
    await executions().launch({ launchPlan: plan, name });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    expect(await executions().launch({ launchPlan: plan, name })).toMatchObject({ name });
    const other = newName();
    await executions().launch({ launchPlan: plan, name: other, inputs: input("theirs") });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    await expect(executions().launch({ launchPlan: plan, name: other })).rejects.toBeInstanceOf(
      ExecutionConflictError,
    );
  });

  it("a name that is taken at the first attempt is taken", async () => {
    const name = newName();
    await executions().launch({ launchPlan, name });
    const error: unknown = await executions()
      .launch({ launchPlan, name })
      .catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(ExecutionConflictError);
    expect(error).toMatchObject({ code: "ALREADY_EXISTS", attempts: 1 });
  });

  const projects = () => client.admin.projects;
  const described = { description: "of tests", labels: { team: "a" } };

  it("a project whose answer was lost is registered", async () => {
    flyte.faults.add({ rpc: "RegisterProject", body: "corrupt", times: 1 });
    const id = newName();
    await projects().register({ id, ...described });
    expect(await projects().get(id)).toMatchObject({ id, name: id, description: "of tests" });
  });

  it("a project whose every answer was lost is found by its id", async () => {
    flyte.faults.add({ rpc: "RegisterProject", body: "corrupt", times: 1 });
    flyte.faults.add({ rpc: "RegisterProject", code: "UNAVAILABLE" });
    const id = newName();
    await projects().register({ id });
    expect(await projects().get(id)).toMatchObject({ id });
  });

  it.each([
    ["name", { name: "another" }],
    ["description", { description: "another" }],
    ["value of a label", { labels: { team: "b" } }],
    ["number of labels", { labels: { team: "a", more: "yes" } }],
  ])("a project of somebody else's with another %s is not taken for the own", async (_, other) => {
    const id = newName();
    await projects().register({ id, ...described, ...other });
    flyte.faults.add({ rpc: "RegisterProject", code: "UNAVAILABLE", times: 1 });
    await expect(projects().register({ id, ...described })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
      attempts: 2,
    });
  });

  it("an archived project is not taken for a new one", async () => {
    const id = newName();
    await projects().register({ id });
    await projects().archive(id);
    flyte.faults.add({ rpc: "RegisterProject", code: "UNAVAILABLE", times: 1 });
    await expect(projects().register({ id })).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  });

  it("an id that is taken at the first attempt is taken", async () => {
    const id = newName();
    await projects().register({ id });
    await expect(projects().register({ id })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
      attempts: 1,
    });
  });

  it("a project that never arrived fails as it failed", async () => {
    flyte.faults.add({ rpc: "RegisterProject", code: "UNAVAILABLE" });
    await expect(projects().register({ id: newName() })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      attempts: 4,
    });
  });

  it("a launch without a name is sent once, and its failure reported", async () => {
    flyte.faults.add({ rpc: "CreateExecution", body: "truncated", times: 1 });
    const before = flyte.calls.length;
    await expect(executions().launch({ launchPlan })).rejects.toMatchObject({ attempts: 1 });
    expect(flyte.calls.length - before).toBe(1);
  });
});

it("an execution that is older than the call is not taken for its own", async () => {
  const lastYear = new Date(Date.now() - 365 * 86_400_000);
  let now = lastYear;
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project], now: () => now });
  await seedWorkflow(flyte);
  const { admin } = await wires[0]!.open(flyte, { retry: { ...instant, maxAttempts: 4 } });
  await admin.executions.launch({ launchPlan, name: "nightly" });
  now = new Date();
  flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
  await expect(admin.executions.launch({ launchPlan, name: "nightly" })).rejects.toBeInstanceOf(
    ExecutionConflictError,
  );
});

it("a name that is taken stays taken after an attempt that was refused for its token", async () => {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  await seedWorkflow(flyte);
  const credentials: CallCredentials = {
    headers: [["authorization", "Bearer of-the-test"]],
    refused: () => Promise.resolve(credentials),
  };
  const { admin } = await wires[0]!.open(flyte, {
    retry: { ...instant, maxAttempts: 4 },
    auth: { credentialsFor: () => Promise.resolve(credentials) },
  });
  await admin.executions.launch({ launchPlan, name: "taken" });
  flyte.faults.add({ rpc: "CreateExecution", code: "UNAUTHENTICATED", times: 1 });
  const error: unknown = await admin.executions
    .launch({ launchPlan, name: "taken" })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "ALREADY_EXISTS", attempts: 2 });
});
