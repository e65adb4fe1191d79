import type { CompileError } from "./compile-errors.js";

/** A branch of a branch node has no node. */
export function branchWithoutNode(nodeId: string): CompileError {
  return { code: "BranchNodeIdNotFound", nodeId, description: "BranchNode not assigned" };
}

/** A branch of a branch node has no condition. */
export function branchWithoutCondition(nodeId: string): CompileError {
  const description = "One of the branches on the node doesn't have a condition.";
  return { code: "BranchNodeHasNoCondition", nodeId, description };
}

/** A branch node has neither an else node nor an error. */
export function branchWithoutDefault(nodeId: string): CompileError {
  const description = "Branch Node must have either the else case set or a default error.";
  return { code: "BranchNodeHasNoDefault", nodeId, description };
}

/** A gate node waits for nothing. */
export function gateWithoutCondition(nodeId: string): CompileError {
  const description = `Can't find any condition in gate node [${nodeId}].`;
  return { code: "NoConditionFound", nodeId, description };
}

/** A workflow has no nodes. */
export function noNodes(workflow: string): CompileError {
  const description = `Can't find any nodes in workflow [${workflow}].`;
  return { code: "NoNodesFound", nodeId: workflow, description };
}

/** Nodes wait for each other. */
export function cycleDetected(nodeId: string, path: readonly string[]): CompileError {
  const description = `A cycle has been detected while traversing the Workflow [${path.join(">")}].`;
  return { code: "CycleDetected", nodeId, description };
}

/** Nodes that no path from the start node leads to. */
export function unreachableNodes(nodeId: string, nodes: readonly string[]): CompileError {
  const description = `The Workflow contain unreachable nodes [${nodes.join(",")}].`;
  return { code: "UnreachableNodes", nodeId, description };
}
