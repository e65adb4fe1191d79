import { checkSignature, type Signature } from "../signature.js";
import { valueRequired } from "../errors/index.js";
import type { CompilerNode, WorkflowBuilder } from "../workflow-builder.js";
import { branchSignature } from "./branch-signature.js";
import { gateSignature } from "./gate-signature.js";
import { taskSignature } from "./task-signature.js";
import { workflowNodeSignature } from "./workflow-node-signature.js";

/**
 * The inputs and outputs of a node, by what it runs. It is found once and kept;
 * after a mistake it is searched for again.
 */
export function nodeSignature(builder: WorkflowBuilder, node: CompilerNode): Signature | undefined {
  if (node.signature !== undefined) return node.signature;
  const isClean = builder.errors.startCheck();
  const signature = targetSignature(builder, node);
  if (signature !== undefined) checkSignature(node.message.id, signature, builder.errors);
  if (signature === undefined || !isClean()) return undefined;
  node.signature = signature;
  return signature;
}

function targetSignature(builder: WorkflowBuilder, node: CompilerNode): Signature | undefined {
  const { id, target } = node.message;
  switch (target.case) {
    case "taskNode":
      return taskSignature(builder, id, target.value);
    case "workflowNode":
      return workflowNodeSignature(builder, node.message, target.value);
    case "branchNode":
      return branchSignature(builder, node, target.value, (inner) => nodeSignature(builder, inner));
    case "gateNode":
      return gateSignature(builder, node, target.value);
    case "arrayNode":
      // The client wraps variables into lists where they are; the compiler takes the inner node's as they are.
      return nodeSignature(builder, builder.nodeOf(target.value.node));
    case undefined:
      builder.errors.collect(valueRequired(id, "Target"));
      return undefined;
  }
}
