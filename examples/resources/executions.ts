import { type AdminClient, phaseOf } from "flyte-admin-client";

/** Launches a workflow, looks at what runs, and stops it. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const id = await admin.executions.launch({
    launchPlan: { project: "flytesnacks", domain: "development", name: "core.flows.sample" },
    name: "nightly-2026-11-24",
  });

  const running = admin.executions.list({
    project: "flytesnacks",
    domain: "development",
    where: (f) => [
      f.phase.in(["UNDEFINED", "QUEUED", "RUNNING"]),
      f.launchPlan.name.eq("core.flows.sample"),
    ],
    orderBy: { field: "createdAt", direction: "descending" },
  });
  for await (const execution of running) {
    console.log(execution.id?.name, phaseOf(execution));
  }

  await admin.executions.terminate(id, { cause: "no longer needed" });
  await admin.executions.archive(id);
  // #endregion example
}
