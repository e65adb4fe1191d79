import { type AdminClient, phaseOf } from "flyte-admin-client";

/** Walks the nodes of an execution and the nodes inside its parents. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const executionId = { project: "flytesnacks", domain: "development", name: "tree0001" };
  for await (const node of admin.nodeExecutions.list({ executionId })) {
    console.log(node.id?.nodeId, phaseOf(node));
    if (node.id !== undefined && node.metadata?.isParentNode) {
      for await (const child of admin.nodeExecutions.listChildren({ parentId: node.id })) {
        console.log("  ", child.id?.nodeId, phaseOf(child));
      }
    }
  }
  // #endregion example
}
