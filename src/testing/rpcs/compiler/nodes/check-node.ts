import type { Identifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { BranchNode } from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { identifierText } from "../../../go-format/index.js";
import {
  branchWithoutCondition,
  branchWithoutDefault,
  branchWithoutNode,
  taskNotFound,
  valueRequired,
  workflowNotFound,
} from "../errors/index.js";
import { endNodeId, startNodeId } from "../graph/index.js";
import type { CompilerNode, WorkflowBuilder } from "../workflow-builder.js";
import { addUpstreamEdges } from "./add-edges.js";
import { branchCases, branchNodes } from "./branch-nodes.js";
import { checkCondition } from "./condition.js";
import { nodeSignature } from "./node-signature.js";
import { outputVariables } from "../bindings/index.js";

/** Compiles a sub-workflow that a node refers to. */
export type CompileSubWorkflow = (builder: WorkflowBuilder, id: Identifier) => void;

/**
 * Checks a node with all inside of it, and sorts the IDs of what it waits for.
 * Returns whether it is free of mistakes.
 */
export function checkNode(
  builder: WorkflowBuilder,
  node: CompilerNode,
  compileSubWorkflow: CompileSubWorkflow,
): boolean {
  const { message } = node;
  const { errors } = builder;
  const isClean = errors.startCheck();
  if (message.id === "") errors.collect(valueRequired("<node>", "Id"));
  if (message.id === startNodeId || message.id === endNodeId) return true;
  if (nodeSignature(builder, node) !== undefined) outputVariables(node, errors);
  message.upstreamNodeIds.sort();
  const { target } = message;
  if (target.case === "branchNode") {
    checkBranches(builder, node, target.value, compileSubWorkflow);
  } else if (target.case === "workflowNode") {
    const { reference } = target.value;
    if (reference.case === "subWorkflowRef") {
      checkSubWorkflow(builder, message.id, reference.value, compileSubWorkflow);
    }
  } else if (target.case === "taskNode" && target.value.reference.case !== undefined) {
    const text = identifierText(target.value.reference.value);
    if (!builder.linked.tasks.has(text)) errors.collect(taskNotFound(message.id, text));
  }
  return isClean();
}

function checkBranches(
  builder: WorkflowBuilder,
  node: CompilerNode,
  branch: BranchNode,
  compileSubWorkflow: CompileSubWorkflow,
): void {
  const { id } = node.message;
  const { errors } = builder;
  const isClean = errors.startCheck();
  if (branch.ifElse?.case === undefined) errors.collect(branchWithoutCondition(id));
  for (const { condition, thenNode } of branchCases(branch)) {
    checkCondition(node, condition, errors);
    if (thenNode === undefined) errors.collect(branchWithoutNode(id));
  }
  if (branch.ifElse?.default.case === undefined) errors.collect(branchWithoutDefault(id));
  const inner = branchNodes(branch).map((message) => builder.nodeOf(message));
  for (const each of inner) checkNode(builder, each, compileSubWorkflow);
  if (!isClean()) return;
  for (const each of inner) addUpstreamEdges(builder, each);
}

function checkSubWorkflow(
  builder: WorkflowBuilder,
  nodeId: string,
  id: Identifier,
  compileSubWorkflow: CompileSubWorkflow,
): void {
  if (builder.linked.subWorkflows.has(identifierText(id))) compileSubWorkflow(builder, id);
  else builder.errors.collect(workflowNotFound(nodeId, identifierText(id)));
}
