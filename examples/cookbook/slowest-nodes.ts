import { type AdminClient, durationMs, phaseOf } from "flyte-admin-client";

/** Prints the nodes of an execution that took longest. Arguments: the name of the execution, and how many nodes. */
export async function run(
  admin: AdminClient,
  [name = "training", count = "5"]: readonly string[],
): Promise<void> {
  const slowest = admin.nodeExecutions.list(
    { executionId: { name }, orderBy: { field: "duration", direction: "descending" } },
    { limit: Number(count) },
  );
  for await (const node of slowest) {
    const took = node.closure?.duration;
    const seconds = took === undefined ? "not ended" : `${(durationMs(took) / 1000).toFixed(1)} s`;
    console.log(node.id?.nodeId, phaseOf(node), seconds);
  }
}
