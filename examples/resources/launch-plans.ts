import type { AdminClient } from "flyte-admin-client";

/** Makes a version of a launch plan the active one. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const launchPlan = { project: "flytesnacks", domain: "development", name: "core.flows.sample" };
  await admin.launchPlans.activate({ ...launchPlan, version: "v1" });

  const active = await admin.launchPlans.getActive(launchPlan);
  console.log("active:", active.id?.version);

  const { project, domain } = launchPlan;
  for await (const { id } of admin.launchPlans.listActive({ project, domain })) {
    console.log(id?.name, id?.version);
  }
  // #endregion example
}
