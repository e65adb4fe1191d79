import type { BranchNode, IfBlock, Node } from "../../../../../gen/flyteidl/core/workflow_pb.js";

/** The conditional branches of a branch node: the first, then the others. */
export function branchCases({ ifElse }: BranchNode): readonly IfBlock[] {
  const others = ifElse?.other ?? [];
  return ifElse?.case === undefined ? others : [ifElse.case, ...others];
}

/** The node that runs when no condition holds. */
function elseNode({ ifElse }: BranchNode): Node | undefined {
  return ifElse?.default.case === "elseNode" ? ifElse.default.value : undefined;
}

/** The nodes inside a branch node, in the order of its branches. */
export function branchNodes(branch: BranchNode): readonly Node[] {
  const nodes = [...branchCases(branch).map(({ thenNode }) => thenNode), elseNode(branch)];
  return nodes.filter((node) => node !== undefined);
}
