import {
  type AdminClient,
  ExecutionFailedError,
  outcomeOf,
  phaseOf,
  unwrapOutcome,
} from "flyte-admin-client";

/** Waits for an execution and prints what changes. Arguments: the name, and the most seconds to wait. */
export async function run(
  admin: AdminClient,
  [name = "training", seconds = "600"]: readonly string[],
): Promise<void> {
  const execution = await admin.executions.wait(
    { name },
    {
      tree: true,
      timeoutMs: Number(seconds) * 1000,
      onUpdate: ({ phase, elapsedMs, nodes }) => {
        const changed = nodes.map((node) => `${node.id?.nodeId} ${phaseOf(node)}`);
        console.log(`${Math.round(elapsedMs / 1000)} s ${phase}`, changed.join(", "));
      },
    },
  );
  try {
    unwrapOutcome(outcomeOf(execution));
    console.log("succeeded");
  } catch (error) {
    if (!(error instanceof ExecutionFailedError)) throw error;
    console.log("failed:", error.message);
  }
}
