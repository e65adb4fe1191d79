import { type AdminClient, durationMs, phaseOf } from "flyte-admin-client";

/** Prints an execution with its nodes and attempts, indented. Argument: the name of the execution. */
export async function run(
  admin: AdminClient,
  [name = "training"]: readonly string[],
): Promise<void> {
  for await (const entry of admin.executions.tree({ name })) {
    const indent = "  ".repeat(entry.depth);
    switch (entry.kind) {
      case "execution":
        console.log(`${indent}${entry.execution.id?.name} ${phaseOf(entry.execution)}`);
        break;
      case "node":
        console.log(`${indent}${entry.node.id?.nodeId} ${phaseOf(entry.node)}`);
        break;
      case "attempt": {
        const { id, closure } = entry.attempt;
        const took = closure?.duration;
        const seconds = took === undefined ? "" : ` ${(durationMs(took) / 1000).toFixed(1)} s`;
        console.log(`${indent}  #${id?.retryAttempt} ${phaseOf(entry.attempt)}${seconds}`);
      }
    }
  }
}
