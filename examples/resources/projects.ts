import type { AdminClient } from "flyte-admin-client";

/** Registers a project, renames it, and archives it. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  await admin.projects.register({ id: "forecasts", description: "sales forecasts" });
  await admin.projects.update("forecasts", { name: "Forecasts", labels: { team: "sales" } });

  for await (const project of admin.projects.list()) console.log(project.id, project.name);
  const domains = await admin.projects.listDomains();
  console.log(domains.map((domain) => domain.id));

  await admin.projects.archive("forecasts");
  // #endregion example
}
