import { describe, expect, it } from "@jest/globals";

import { AdminClient, timestampMs } from "../../../src/index.js";
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "../../../src/testing.js";

const defaults = { project: "flytesnacks", domain: "development" };
const now = new Date("2026-03-01T12:00:00Z");
const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"], now: () => now });
const admin = new AdminClient({ transport: flyte.transport(), defaults });
const msBeforeNow = (ms: number): number => now.getTime() - ms;

describe("what is seeded without a time", () => {
  it("has ended by now, which is the time of the server", async () => {
    const id = await seedExecution(flyte, { name: "ended", phase: "FAILED", runtimeMs: 5_000 });
    const { closure } = await admin.executions.get(id);
    expect(timestampMs(closure?.startedAt)).toBe(msBeforeNow(5_000));
    expect(timestampMs(closure?.updatedAt)).toBe(msBeforeNow(0));
    const day = 86_400_000;
    const failed = admin.executions.list({
      where: (f) => [f.phase.eq("FAILED"), f.updatedAt.gte(new Date(msBeforeNow(day)))],
    });
    expect((await failed.toArray({ limit: 10 })).map((each) => each.id?.name)).toEqual(["ended"]);
  });

  it("runs since now", async () => {
    const executionId = await seedExecution(flyte, { name: "running" });
    const node = await admin.nodeExecutions.get(
      await seedNode(flyte, { executionId, nodeId: "n0" }),
    );
    const { closure } = await admin.executions.get(executionId);
    expect(timestampMs(closure?.startedAt)).toBe(now.getTime());
    expect(timestampMs(node.closure?.startedAt)).toBe(now.getTime());
  });

  it("has attempts a minute apart, the last a minute ago", async () => {
    const executionId = await seedExecution(flyte, { name: "retried" });
    const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
    await seedAttempts(flyte, { nodeExecutionId, count: 3 });
    const attempts = await admin.taskExecutions.list({ nodeExecutionId }).toArray({ limit: 10 });
    const starts = attempts.map(({ closure }) => timestampMs(closure?.startedAt));
    expect(starts.sort()).toEqual([180_000, 120_000, 60_000].map(msBeforeNow));
  });

  it("starts when startedAt says", async () => {
    const startedAt = new Date("2026-01-15T09:00:00Z");
    const id = await seedExecution(flyte, { name: "dated", phase: "SUCCEEDED", startedAt });
    const { closure } = await admin.executions.get(id);
    expect(timestampMs(closure?.startedAt)).toBe(startedAt.getTime());
  });
});
