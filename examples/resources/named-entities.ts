import type { AdminClient } from "flyte-admin-client";

/** Archives the name of a workflow, and lists the names that are archived. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const id = { project: "flytesnacks", domain: "development", name: "core.flows.sample" };
  await admin.namedEntities.update(
    { kind: "workflow", id },
    { description: "the sample of the docs" },
  );
  await admin.namedEntities.archive({ kind: "workflow", id });

  const archived = admin.namedEntities.list({
    kind: "workflow",
    project: "flytesnacks",
    domain: "development",
    states: ["NAMED_ENTITY_ARCHIVED"],
  });
  for await (const entity of archived) console.log(entity.id?.name, entity.metadata?.description);

  await admin.namedEntities.unarchive({ kind: "workflow", id });
  // #endregion example
}
