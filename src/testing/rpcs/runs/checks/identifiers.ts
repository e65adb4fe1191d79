import {
  type NodeExecutionIdentifier,
  ResourceType,
  type TaskExecutionIdentifier,
  type WorkflowExecutionIdentifier,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { missing } from "../../../server-errors.js";
import { requireField, requireVersionId } from "../../registry/checks/index.js";

/** Returns a complete identifier of an execution, and refuses any other. */
export function checkExecutionId(
  id: WorkflowExecutionIdentifier | undefined,
): WorkflowExecutionIdentifier {
  if (id === undefined) throw missing("id");
  requireField(id.project, "project");
  requireField(id.domain, "domain");
  requireField(id.name, "name");
  return id;
}

/** Whether an identifier of an execution is complete; lists name a bad one `execution_id` as a whole. */
export function checkListedExecutionId(
  id: WorkflowExecutionIdentifier | undefined,
): WorkflowExecutionIdentifier {
  const complete = id !== undefined && id.project !== "" && id.domain !== "" && id.name !== "";
  if (!complete) throw missing("execution_id");
  return id;
}

/** Returns a complete identifier of a node execution, and refuses any other. */
export function checkNodeId(id: NodeExecutionIdentifier | undefined): NodeExecutionIdentifier {
  if (id === undefined) throw missing("id");
  if (id.executionId === undefined) throw missing("execution_id");
  requireField(id.nodeId, "node_id");
  checkExecutionId(id.executionId);
  return id;
}

/** Returns a complete identifier of an attempt, and refuses any other. */
export function checkAttemptId(id: TaskExecutionIdentifier | undefined): TaskExecutionIdentifier {
  if (id === undefined) throw missing("id");
  if (id.nodeExecutionId === undefined) throw missing("node_execution_id");
  checkNodeId(id.nodeExecutionId);
  if (id.taskId === undefined) throw missing("task_id");
  requireVersionId(id.taskId, ResourceType.TASK);
  return id;
}
