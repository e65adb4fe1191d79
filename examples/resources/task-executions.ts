import { type AdminClient, literalsToValues, logsOf, outcomeOf } from "flyte-admin-client";

/** Finds the failed attempts of a node, and reads what the last good one wrote. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const nodeExecutionId = {
    executionId: { project: "flytesnacks", domain: "development", name: "demo0001" },
    nodeId: "n0",
  };
  const failed = admin.taskExecutions.list({
    nodeExecutionId,
    where: (f) => [f.phase.in(["FAILED", "ABORTED"]), f.retryAttempt.gte(1)],
    orderBy: { field: "createdAt", direction: "descending" },
  });
  for await (const attempt of failed) {
    const outcome = outcomeOf(attempt);
    if (outcome.kind === "error") console.log(attempt.id?.retryAttempt, outcome.error.message);
  }

  const succeeded = admin.taskExecutions.list({
    nodeExecutionId,
    where: (f) => f.phase.eq("SUCCEEDED"),
  });
  const attempt = await succeeded.first();
  if (attempt === undefined) return;
  const outputs = await admin.taskExecutions.outputs(attempt);
  if (outputs.kind === "literals") console.log(literalsToValues(outputs.literals));
  else console.log("no outputs:", outputs.kind);

  for (const { name, uri, isValid } of logsOf(attempt)) {
    if (isValid) console.log(name, uri);
  }
  // #endregion example
}
