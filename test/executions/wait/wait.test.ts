import { beforeEach, describe, expect, it } from "@jest/globals";

import { WorkflowExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import { AdminClient } from "../../../src/client/admin-client.js";
import { InMemoryFlyteAdmin } from "../../../src/testing/in-memory-flyte-admin.js";
import { seedAttempts, seedExecution, seedNode } from "../../../src/testing/states/index.js";
import type { ExecutionUpdate } from "../../../src/executions/wait/index.js";
import { FakeClock } from "./fake-clock.js";

const scope = { project: "flytesnacks", domain: "development" };

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;
let clock: FakeClock;

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  clock = new FakeClock();
  const retry = { delay: () => Promise.resolve() };
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope, clock, retry });
});

type PhaseName =
  "QUEUED" | "RUNNING" | "SUCCEEDING" | "SUCCEEDED" | "FAILED" | "ABORTED" | "TIMED_OUT";

async function reach(name: string, phase: PhaseName): Promise<void> {
  await admin.executions.createEvent({
    executionId: { name },
    phase: WorkflowExecution_Phase[phase],
    occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
    ...((phase === "FAILED" || phase === "TIMED_OUT") && {
      outputResult: { case: "error", value: { code: "X", message: "long ".repeat(100) } },
    }),
  });
}

/** Has the server change at times of the clock. */
function plan(changes: Readonly<Record<number, () => Promise<unknown>>>): void {
  const left = new Map(Object.entries(changes).map(([at, change]) => [Number(at), change]));
  clock.onTick = async (now) => {
    for (const [at, change] of left) {
      if (at > now) continue;
      left.delete(at);
      await change();
    }
  };
}

function callsOf(rpc: string): number {
  return flyte.calls.filter((call) => call.rpc === rpc).length;
}

describe("Waiting for an execution", () => {
  it("returns it as it ended and reports each poll with the phase before, in at most 25 calls for a minute", async () => {
    await seedExecution(flyte, { ...scope, name: "e", phase: "UNDEFINED" });
    plan({
      5_000: () => reach("e", "QUEUED"),
      12_000: () => reach("e", "RUNNING"),
      59_900: () => reach("e", "SUCCEEDED"),
    });
    flyte.clearCalls();
    const seen: ExecutionUpdate[] = [];
    const waited = admin.executions.wait(
      { name: "e" },
      { onUpdate: (update) => seen.push(update) },
    );
    await clock.runUntil(waited);
    expect((await waited).closure?.phase).toBe(WorkflowExecution_Phase.SUCCEEDED);
    expect(seen.length).toBeGreaterThan(4);
    const changes = seen.filter(({ phase, previousPhase }) => phase !== previousPhase);
    expect(changes.map(({ phase }) => phase)).toEqual([
      "UNDEFINED",
      "QUEUED",
      "RUNNING",
      "SUCCEEDED",
    ]);
    expect(changes.map(({ previousPhase }) => previousPhase)).toEqual([
      undefined,
      "UNDEFINED",
      "QUEUED",
      "RUNNING",
    ]);
    expect(clock.now()).toBeLessThan(66_000);
    expect(callsOf("GetExecution")).toBeGreaterThan(10);
    expect(callsOf("GetExecution")).toBeLessThanOrEqual(25);
    expect(clock.timers).toBe(0);
  });

  it.each(["SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT"] as const)(
    "ends at %s at once where it had ended already",
    async (phase) => {
      await seedExecution(flyte, { ...scope, name: "e", phase });
      const waited = admin.executions.wait({ name: "e" });
      await clock.runUntil(waited);
      expect((await waited).closure?.phase).toBe(WorkflowExecution_Phase[phase]);
      expect(callsOf("GetExecution")).toBe(1);
    },
  );

  it("shares one call among many that are waited for, archived ones too, and returns each with its whole error", async () => {
    const names = [...Array(30).keys()].map((n) => `e${n}`);
    for (const name of names) await seedExecution(flyte, { ...scope, name });
    await admin.executions.archive({ name: "e7" });
    plan({
      20_000: () => Promise.all(names.slice(1).map((name) => reach(name, "SUCCEEDED"))),
      40_000: () => reach("e0", "FAILED"),
    });
    flyte.clearCalls();
    const waited = Promise.all(names.map((name) => admin.executions.wait({ name })));
    await clock.runUntil(waited);
    const ended = await waited;
    expect(ended.map(({ id }) => id?.name)).toEqual(names);
    const outcome = ended[0]?.closure?.outputResult;
    expect(outcome?.case === "error" && outcome.value.message.length).toBe(500);
    expect(flyte.calls.length - 30).toBeLessThanOrEqual(25);
    expect(callsOf("ListExecutions")).toBeGreaterThan(5);
  });

  it("distinguishes a missing execution from the others", async () => {
    await seedExecution(flyte, { ...scope, name: "here", phase: "SUCCEEDED" });
    const waited = Promise.allSettled(
      ["here", "none"].map((name) => admin.executions.wait({ name })),
    );
    await clock.runUntil(waited);
    expect(await waited).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: { code: "NOT_FOUND" } },
    ]);
  });

  it("bridges polls that fail for a moment, and gives up on what does not pass", async () => {
    await seedExecution(flyte, { ...scope, name: "e" });
    // Four attempts of each of three polls.
    flyte.faults.add({ rpc: "GetExecution", times: 12, code: "UNAVAILABLE" });
    plan({ 20_000: () => reach("e", "SUCCEEDED") });
    const waited = admin.executions.wait({ name: "e" });
    await clock.runUntil(waited);
    expect((await waited).id?.name).toBe("e");

    flyte.faults.add({ rpc: "GetExecution", code: "PERMISSION_DENIED" });
    const refused = admin.executions.wait({ name: "e" });
    await clock.runUntil(refused);
    await expect(refused).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    flyte.faults.clear();
    flyte.faults.add({ rpc: "GetExecution", code: "UNAVAILABLE" });
    const down = admin.executions.wait({ name: "e" });
    await clock.runUntil(down);
    await expect(down).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("bridges troubles of the database, and gives up at once on an execution too large to read", async () => {
    await seedExecution(flyte, { ...scope, name: "e" });
    const message = "failed to connect to the database: connection refused";
    // Four attempts of each of two polls.
    flyte.faults.add({ rpc: "GetExecution", times: 8, code: "UNKNOWN", message });
    plan({ 10_000: () => reach("e", "SUCCEEDED") });
    const waited = admin.executions.wait({ name: "e" });
    await clock.runUntil(waited);
    expect((await waited).id?.name).toBe("e");

    flyte.clearCalls();
    flyte.faults.add({
      rpc: "GetExecution",
      code: "RESOURCE_EXHAUSTED",
      message: "grpc: received message larger than max (5242880 vs. 4194304)",
    });
    const large = admin.executions.wait({ name: "e" });
    await clock.runUntil(large);
    await expect(large).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
    expect(callsOf("GetExecution")).toBe(1);
  });

  it("ends when its time is over, or its signal fires, and leaves no timer behind", async () => {
    await seedExecution(flyte, { ...scope, name: "e" });
    const late = admin.executions.wait({ name: "e" }, { timeoutMs: 10_000 });
    await clock.runUntil(late);
    await expect(late).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
      message: expect.stringContaining('"e" had not ended after 10000 ms; its phase was RUNNING'),
    });
    expect(clock.now()).toBe(10_000);

    const controller = new AbortController();
    const canceled = admin.executions.wait({ name: "e" }, { signal: controller.signal });
    await clock.runUntil(canceled, 15_000);
    controller.abort(new Error("enough"));
    await expect(canceled).rejects.toMatchObject({ code: "CANCELLED" });
    await clock.runUntil(canceled);
    expect(clock.timers).toBe(0);
    const calls = flyte.calls.length;
    await clock.runUntil(new Promise(() => undefined), 100_000);
    expect(flyte.calls).toHaveLength(calls);
  });

  it("refuses bad input before it asks", async () => {
    await expect(admin.executions.wait({ name: "" })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    await expect(admin.executions.wait({ name: "e" }, { timeoutMs: -1 })).rejects.toThrow(
      /timeoutMs must be a non-negative number .*, got -1/,
    );
    expect(flyte.calls).toHaveLength(0);
  });
});

describe("The updates of an execution", () => {
  it("tell of nodes too when asked to, and fetch only branches that run", async () => {
    const executionId = await seedExecution(flyte, { ...scope, name: "e" });
    const done = await seedNode(flyte, { executionId, nodeId: "a", phase: "SUCCEEDED" });
    await seedAttempts(flyte, { nodeExecutionId: done, count: 1 });
    plan({
      3_000: async () => {
        const next = await seedNode(flyte, { executionId, nodeId: "b", phase: "SUCCEEDED" });
        await seedAttempts(flyte, { nodeExecutionId: next, count: 1 });
      },
      9_000: () => reach("e", "SUCCEEDED"),
    });
    flyte.clearCalls();
    const updates: ExecutionUpdate[] = [];
    const read = (async () => {
      for await (const update of admin.executions.updates(executionId, { tree: true })) {
        updates.push(update);
      }
    })();
    await clock.runUntil(read);
    await read;
    expect(updates.map(({ phase, nodes }) => [phase, nodes.map(({ id }) => id?.nodeId)])).toEqual([
      ["RUNNING", ["a"]],
      ["RUNNING", ["b"]],
      ["SUCCEEDED", []],
    ]);
    expect(updates.at(-1)?.tree?.nodes).toHaveLength(2);
    // The attempts of each node once: both had ended when they were read.
    expect(callsOf("ListTaskExecutions")).toBe(2);
  });

  it("bridge reads of the tree that fail for a moment, and give up on what does not pass", async () => {
    const executionId = await seedExecution(flyte, { ...scope, name: "e" });
    await seedNode(flyte, { executionId, nodeId: "a", phase: "SUCCEEDED" });
    // Four attempts of each of three reads.
    flyte.faults.add({ rpc: "ListNodeExecutions", times: 12, code: "UNAVAILABLE" });
    plan({ 20_000: () => reach("e", "SUCCEEDED") });
    const waited = admin.executions.wait(executionId, { tree: true });
    await clock.runUntil(waited);
    expect((await waited).id?.name).toBe("e");

    flyte.faults.add({ rpc: "ListNodeExecutions", code: "UNAVAILABLE" });
    const down = admin.executions.wait(executionId, { tree: true });
    await clock.runUntil(down);
    await expect(down).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(clock.timers).toBe(0);
  });

  it("stop the polling when the loop is left", async () => {
    await seedExecution(flyte, { ...scope, name: "e" });
    const read = (async () => {
      for await (const { phase } of admin.executions.updates({ name: "e" })) {
        if (phase === "RUNNING") break;
      }
    })();
    await clock.runUntil(read);
    await read;
    const calls = flyte.calls.length;
    await clock.runUntil(new Promise(() => undefined), 60_000);
    expect(flyte.calls).toHaveLength(calls);
    expect(clock.timers).toBe(0);
  });
});
