import type { AdminClient } from "flyte-admin-client";

/** Lists the names of tasks, and gets the latest version of one. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const scope = { project: "flytesnacks", domain: "development" };
  for await (const { name } of admin.tasks.listNames(scope)) console.log(name);

  const latest = await admin.tasks.getLatest({ ...scope, name: "core.retry.flaky" });
  console.log("latest version:", latest.id?.version);

  for await (const task of admin.tasks.list({ ...scope, name: "core.retry.flaky" })) {
    console.log(task.id?.version, task.closure?.compiledTask?.template?.type);
  }
  // #endregion example
}
