import type { AdminClient } from "flyte-admin-client";

/** Lists the versions of a workflow, and gets the nodes of one. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const workflow = { project: "flytesnacks", domain: "development", name: "core.flows.sample" };
  for await (const { id } of admin.workflows.list(workflow)) console.log(id?.version);

  const { closure } = await admin.workflows.get({ ...workflow, version: "v1" });
  const nodes = closure?.compiledWorkflow?.primary?.template?.nodes ?? [];
  console.log(nodes.map((node) => node.id));
  // #endregion example
}
