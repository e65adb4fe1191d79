import type { AdminClient } from "flyte-admin-client";

/** Reads the descriptions that the versions of a task were registered with. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const id = { project: "flytesnacks", domain: "development", name: "core.described" };
  for await (const entity of admin.descriptionEntities.list({ kind: "task", id })) {
    console.log(entity.id?.version, entity.shortDescription);
  }

  const described = await admin.descriptionEntities.get({
    kind: "task",
    id: { ...id, version: "v1" },
  });
  console.log(described.longDescription?.content.value);
  // #endregion example
}
