import {
  ResourceType,
  type TaskExecutionIdentifier,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";

/** Fills in the resource type of an attempt's task where it is missing, as the RPCs that take such ids do. */
export function withTaskType(
  id: TaskExecutionIdentifier | undefined,
): TaskExecutionIdentifier | undefined {
  if (id?.taskId?.resourceType === ResourceType.UNSPECIFIED) {
    id.taskId.resourceType = ResourceType.TASK;
  }
  return id;
}
