import { pathToFileURL } from "node:url";

import { inProject } from "./project.mjs";

/**
 * Makes an in-memory FlyteAdmin of the built package that has one node with attempts, n0 of execution f3a.
 * @param {number} attempts how many it has
 */
export async function createBuiltServer(attempts) {
  const testing = pathToFileURL(inProject("dist", "esm", "src", "testing.js")).href;
  /** @type {typeof import("../../src/testing.js")} */
  const { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } = await import(testing);
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const executionId = await seedExecution(flyte, { name: "f3a" });
  const nodeExecutionId = await seedNode(flyte, { executionId, nodeId: "n0" });
  await seedAttempts(flyte, { nodeExecutionId, count: attempts });
  return flyte;
}
