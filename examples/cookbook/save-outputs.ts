import { type AdminClient } from "flyte-admin-client";
import { saveOutputs } from "flyte-admin-client/node";

/** Saves what the last good attempt of a node wrote. Arguments: execution, node and folder. */
export async function run(
  admin: AdminClient,
  [name = "training", nodeId = "n0", folder = "outputs"]: readonly string[],
): Promise<void> {
  const attempt = await admin.taskExecutions
    .list({
      nodeExecutionId: { executionId: { name }, nodeId },
      where: (f) => f.phase.eq("SUCCEEDED"),
      orderBy: { field: "retryAttempt", direction: "descending" },
    })
    .first();
  if (attempt === undefined) {
    console.log("no attempt has succeeded");
    return;
  }
  const result = await saveOutputs(admin, attempt, folder);
  if (result.kind !== "saved") {
    console.log("no outputs:", result.kind);
    return;
  }
  for (const { path, bytes } of result.files) console.log(path, bytes, "bytes");
  for (const { output, uri } of result.skipped) console.log(output, "stays at", uri);
}
