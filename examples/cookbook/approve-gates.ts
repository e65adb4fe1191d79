import { type AdminClient } from "flyte-admin-client";

/** Approves the gates that wait for a boolean in the executions that run. */
export async function run(admin: AdminClient): Promise<void> {
  const running = admin.executions.list({ where: (f) => f.phase.eq("RUNNING") });
  let approved = 0;
  for await (const { id: executionId } of running) {
    if (executionId === undefined) continue;
    for await (const { id, value } of admin.signals.list({ executionId })) {
      if (id === undefined || value !== undefined) continue;
      await admin.signals.approve(id);
      approved += 1;
      console.log("approved", id.signalId, "of", executionId.name);
    }
  }
  console.log(`${approved} gates approved`);
}
