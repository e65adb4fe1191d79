import type { AdminClient } from "flyte-admin-client";

/** Sets the resources of the tasks of a project in one domain. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const scope = { project: "flytesnacks", domain: "development" };
  await admin.attributes.update("taskResourceAttributes", scope, {
    defaults: { cpu: "500m", memory: "500Mi" },
    limits: { cpu: "2", memory: "4Gi" },
  });

  const applied = await admin.attributes.get("taskResourceAttributes", {
    ...scope,
    workflow: "core.flows.sample",
  });
  console.log(applied.value.limits?.memory, "set for", applied.scope);

  // The server deletes what is set for the workflows of the domain as well.
  await admin.attributes.delete("taskResourceAttributes", { ...scope, includingNarrower: true });
  // #endregion example
}
