import assert from "node:assert/strict";

import { AdminClient } from "flyte-admin-client";
import { InMemoryFlyteAdmin, seedExecution } from "flyte-admin-client/testing";

/** The code under test. */
async function countFailures(admin: AdminClient): Promise<number> {
  const failed = admin.executions.list({ where: (f) => f.phase.eq("FAILED") }, { limit: 1000 });
  return (await failed.toArray()).length;
}

/** A test of it on an in-memory FlyteAdmin; with jest or vitest it is inside `test(…)`. */
export async function run(): Promise<void> {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  await seedExecution(flyte, { name: "good", phase: "SUCCEEDED" });
  await seedExecution(flyte, { name: "bad", phase: "FAILED" });
  const admin = new AdminClient({
    transport: flyte.transport(),
    defaults: { project: "flytesnacks", domain: "development" },
    // Retries of a test need not wait.
    retry: { delay: () => Promise.resolve() },
  });

  assert.equal(await countFailures(admin), 1);

  flyte.faults.add({ rpc: "ListExecutions", code: "UNAVAILABLE", times: 1 });
  assert.equal(await countFailures(admin), 1, "one failure of the server is retried");
  console.log("the test passed");
}
