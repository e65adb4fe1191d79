import type { TaskNode } from "../../../../../gen/flyteidl/core/workflow_pb.js";
import { taskNotFound, valueRequired } from "../errors/index.js";
import { idText } from "../linked-entities.js";
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
  const task = linked.tasks.get(idText(reference.value));
  if (task === undefined) {
    errors.collect(taskNotFound(nodeId, idText(reference.value)));
    return undefined;
  }
  const typed = task.template?.interface;
  return typed === undefined ? emptySignature : signatureOf(completeInterface(typed));
}
