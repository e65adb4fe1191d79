// A user's test in Jest: lists and fails against the in-memory server, in process, since jsdom has no fetch.
const { expect, test } = require("@jest/globals");
const { AdminClient, NotFoundError, outcomeOf } = require("flyte-admin-client");
const {
  InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
} = require("flyte-admin-client/testing");

test("lists attempts, and knows a missing execution", async () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const executionId = await seedExecution(flyte, { name: "f3a" });
  const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
  await seedAttempts(flyte, { nodeExecutionId, count: 3 });

  const admin = new AdminClient({ transport: flyte.transport() });
  const attempts = await admin.taskExecutions.list({ nodeExecutionId }).toArray({ limit: 10 });
  const kinds = attempts.map((attempt) => outcomeOf(attempt).kind).sort();
  expect(kinds).toEqual(["error", "error", "outputUri"]);
  const missing = admin.executions.get({ ...executionId, name: "nobody" });
  await expect(missing).rejects.toBeInstanceOf(NotFoundError);
});
