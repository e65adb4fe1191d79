import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { phaseOf } from "../../values/outcomes/index.js";

/** Nodes that the engine adds, and that run nothing. */
const systemNodes = ["start-node", "end-node"];

/** Whether a node has nodes inside it, by what the list says: the call for one node says less. */
export function hasChildren(node: NodeExecution): boolean {
  return node.metadata?.isParentNode === true;
}

/**
 * Whether a node may have attempts: not a system node, a branch, a sub-workflow, one that launched
 * an execution, or one that was skipped. A dynamic node has those of the task that made it.
 */
export function mayHaveAttempts(node: NodeExecution): boolean {
  const { metadata, id } = node;
  if (systemNodes.includes(metadata?.specNodeId ?? "") || systemNodes.includes(id?.nodeId ?? "")) {
    return false;
  }
  if (childExecutionId(node) !== undefined || phaseOf(node) === "SKIPPED") return false;
  return !hasChildren(node) || metadata?.isDynamic === true || metadata?.isArray === true;
}

/** The execution that a node launched. */
export function childExecutionId(node: NodeExecution): WorkflowExecutionIdentifier | undefined {
  const target = node.closure?.targetMetadata;
  return target?.case === "workflowNodeMetadata" ? target.value.executionId : undefined;
}
