import { beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { AdminClient } from "../../src/client/admin-client.js";
import { InMemoryFlyteAdmin } from "../../src/testing/in-memory-flyte-admin.js";
import { seedAttempts, seedExecution, seedNode, seedTree } from "../../src/testing/states/index.js";

const scope = { project: "flytesnacks", domain: "development" };

let flyte: InMemoryFlyteAdmin;
let admin: AdminClient;

beforeEach(() => {
  flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
});

async function launch(phases: Readonly<Record<string, number>>): Promise<void> {
  let at = 0;
  for (const [phase, count] of Object.entries(phases)) {
    for (let index = 0; index < count; index++) {
      const name = `e${at++}`;
      await seedExecution(flyte, { ...scope, name, phase: phase as "FAILED" | "RUNNING" });
    }
  }
}

describe("Counts of a list by phase", () => {
  it("are those of the list, with one call for a phase that has few", async () => {
    await launch({ RUNNING: 3, FAILED: 2 });
    flyte.clearCalls();
    const counts = await admin.executions.countByPhase();
    expect(counts).toMatchObject({ total: 5, byPhase: { RUNNING: 3, FAILED: 2, SUCCEEDED: 0 } });
    expect(counts.calls).toBe(Object.keys(counts.byPhase).length);
    expect(flyte.calls).toHaveLength(counts.calls);
  });

  it("take a few small calls where a phase has many", async () => {
    await launch({ RUNNING: 1203 });
    flyte.clearCalls();
    const counts = await admin.executions.countByPhase();
    expect(counts).toMatchObject({ total: 1203, byPhase: { RUNNING: 1203 } });
    expect(counts.calls).toBeLessThan(25);
    expect(flyte.calls).toHaveLength(counts.calls);
  });

  it("are exact for any number around the sizes of calls", async () => {
    await launch({ RUNNING: 402 });
    const rows = await admin.executions.list({}, { limit: 402 }).toArray();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1, 99, 100, 101, 399, 400, 401), async (count) => {
        const last = rows[count - 1]?.closure?.createdAt;
        const counts = await admin.executions.countByPhase({
          where: (f) => (last ? f.createdAt.lte(last) : f.name.eq("none")),
        });
        expect(counts.total).toBe(count);
      }),
      { numRuns: 8 },
    );
  });

  it("count within the conditions, the nodes of an execution, and the attempts of a node", async () => {
    await launch({ RUNNING: 2, FAILED: 1 });
    const failed = await admin.executions.countByPhase({ where: (f) => f.name.in(["e0", "e2"]) });
    expect(failed.byPhase).toMatchObject({ RUNNING: 1, FAILED: 1 });
    const executionId = await seedExecution(flyte, { ...scope, name: "tree" });
    const node = await seedNode(flyte, { executionId, nodeId: "n0", phase: "FAILED" });
    await seedAttempts(flyte, { nodeExecutionId: node, count: 3 });
    const nodes = await admin.nodeExecutions.countByPhase({ executionId });
    expect(nodes).toMatchObject({ total: 1, byPhase: { FAILED: 1 } });
    const attempts = await admin.taskExecutions.countByPhase({ nodeExecutionId: node });
    expect(attempts).toMatchObject({ total: 3, byPhase: { FAILED: 2, SUCCEEDED: 1 } });
  });

  it("refuse what is no query before any call, and end with their signal", async () => {
    flyte.clearCalls();
    const count = (query: object) => admin.executions.countByPhase(query);
    await expect(count({ were: 1 })).rejects.toThrow("Use where");
    await expect(
      admin.executions.countByPhase({}, { signal: AbortSignal.abort() }),
    ).rejects.toThrow();
    expect(flyte.calls).toEqual([]);
  });
});

describe("Counts of a tree by phase", () => {
  it("are those of all nodes and attempts inside, with the calls of the walk", async () => {
    await seedTree(flyte, { ...scope, name: "big", nodes: 40, parents: 4 });
    const entries = [];
    for await (const entry of admin.executions.tree({ name: "big" })) entries.push(entry.kind);
    flyte.clearCalls();
    const counts = await admin.executions.countTreeByPhase({ name: "big" });
    expect(counts.nodes.total).toBe(entries.filter((kind) => kind === "node").length);
    expect(counts.attempts.total).toBe(entries.filter((kind) => kind === "attempt").length);
    expect(counts.executions.total).toBe(1);
    expect(counts.calls).toBe(flyte.calls.length);
    const sum = Object.values(counts.nodes.byPhase).reduce((all, count) => all + count, 0);
    expect(sum).toBe(counts.nodes.total);
  });
});
