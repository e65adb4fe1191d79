import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";

import { SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { ExecutionConflictError } from "../../../src/index.js";
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
const instant = { delay: () => Promise.resolve(), budget: Infinity };

describe.each(wires.map((wire) => [wire.name, wire] as const))("over %s", (_, wire) => {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  let client: WireClient;
  let names = 0;

  beforeAll(async () => {
    await seedWorkflow(flyte);
    await seedWorkflow(flyte, { name: "core.flows.other" });
    const text = { type: { type: { case: "simple" as const, value: SimpleType.STRING } } };
    await seedTask(flyte, {
      name: "takes-input",
      interface: { inputs: { variables: { in: text } }, outputs: {} },
    });
    await seedExecution(flyte, { name: source.name, phase: "FAILED" });
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

  it.each(creates)("%s gives the execution whose answer was lost", async (rpc, create) => {
    flyte.faults.add({ rpc, body: "truncated", times: 1 });
    const name = newName();
    expect(await create(name)).toMatchObject({ ...scope, name });
    expect(await countOf(name)).toBe(1);
    expect(flyte.calls.filter((call) => call.rpc === rpc).slice(-2)).toMatchObject([
      { code: "OK" },
      { code: "ALREADY_EXISTS" },
    ]);
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
      attempts: 2,
      executionId: { ...scope, name },
    });
  });

  const spec = (team: string) => ({
    labels: { values: { team } },
    annotations: { values: { ticket: team } },
  });

  it.each([
    ["label", { labels: { values: { team: "b" } }, annotations: spec("a").annotations }],
    ["annotation", { labels: spec("a").labels, annotations: { values: { ticket: "b" } } }],
    ["set of labels", { annotations: spec("a").annotations }],
  ])("an execution with another %s is a conflict", async (_, other) => {
    const name = newName();
    await executions().launch({ launchPlan, name, spec: other });
    flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE", times: 1 });
    await expect(executions().launch({ launchPlan, name, spec: spec("a") })).rejects.toBeInstanceOf(
      ExecutionConflictError,
    );
  });

  it("an execution with the labels and annotations that were sent is the own one", async () => {
    const name = newName();
    flyte.faults.add({ rpc: "CreateExecution", body: "truncated", times: 1 });
    const launched = executions().launch({ launchPlan, name, spec: spec("a") });
    expect(await launched).toMatchObject({ name });
  });

  it("an execution with other inputs is a conflict, one with the same is the own one", async () => {
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
    const task = { ...scope, name: "takes-input", version: "v1" };
    const name = newName();
    await executions().launch({ task, name, inputs: input("theirs") });
    // A create that arrives writes its inputs over theirs before it is refused, as in FlyteAdmin.
    const down = flyte.faults.add({ rpc: "CreateExecution", code: "UNAVAILABLE" });
    await expect(executions().launch({ task, name, inputs: input("ours") })).rejects.toBeInstanceOf(
      ExecutionConflictError,
    );
    expect(down.strikes).toBe(4);
    flyte.faults.clear();
    const own = newName();
    flyte.faults.add({ rpc: "CreateExecution", body: "truncated", times: 1 });
    const launched = executions().launch({ task, name: own, inputs: input("ours") });
    expect(await launched).toMatchObject({ name: own });
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
    expect(flyte.calls.filter((call) => call.rpc === "RegisterProject").slice(-2)).toMatchObject([
      { code: "OK" },
      { code: "ALREADY_EXISTS" },
    ]);
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

  it("a launch without a name is sent once, and its failure told", async () => {
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
