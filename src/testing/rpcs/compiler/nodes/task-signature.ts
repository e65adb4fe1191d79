import type { TaskNode } from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { identifierText } from "../../../go-format/index.js";
import { taskNotFound, valueRequired } from "../errors/index.js";
import { completeInterface, emptySignature, type Signature, signatureOf } from "../signature.js";
import type { WorkflowBuilder } from "../workflow-builder.js";

/** The signature of a task node: that of its task. */
export function taskSignature(
  { linked, errors }: WorkflowBuilder,
  nodeId: string,
  { reference }: TaskNode,
): Signature | undefined {
  if (reference.case === undefined) {
    errors.collect(valueRequired(nodeId, "TaskNode.ReferenceId"));
    return undefined;
  }
  const task = linked.tasks.get(identifierText(reference.value));
  if (task === undefined) {
    errors.collect(taskNotFound(nodeId, identifierText(reference.value)));
    return undefined;
  }
  const typed = task.template?.interface;
  return typed === undefined ? emptySignature : signatureOf(completeInterface(typed));
}
