import type { AdminClient } from "flyte-admin-client";

/** Approves what a gate node waits for. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const executionId = { project: "flytesnacks", domain: "development", name: "gated0001" };
  for await (const signal of admin.signals.list({ executionId })) {
    console.log(signal.id?.signalId, signal.value === undefined ? "waiting" : "set");
  }

  await admin.signals.approve({ executionId, signalId: "approve" });
  // #endregion example
}
