import type {
  Identifier,
  NodeExecutionIdentifier,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  IdentifierSchema,
  ResourceType,
  ResourceTypeSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { invalidArgument, missing } from "../../errors.js";
import { messageText } from "../../go-format/message-text.js";
import { enumName } from "../rows/phases.js";

/** Refuses an empty field. */
export function requireField(value: string, field: string): void {
  if (value === "") throw missing(field);
}

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
  checkTaskId(id.taskId);
  return id;
}

/** Refuses an identifier that is not that of a version. */
export function checkVersionedFields(id: Identifier | undefined): Identifier {
  if (id === undefined) throw missing("id");
  requireField(id.project, "project");
  requireField(id.domain, "domain");
  requireField(id.name, "name");
  requireField(id.version, "version");
  return id;
}

function checkTaskId(id: Identifier): void {
  if (id.resourceType !== ResourceType.TASK) {
    const type = enumName(ResourceTypeSchema, id.resourceType).toLowerCase();
    throw invalidArgument(
      `unexpected resource type ${type} for identifier [${messageText(IdentifierSchema, id)}], expected task instead`,
    );
  }
  checkVersionedFields(id);
}
