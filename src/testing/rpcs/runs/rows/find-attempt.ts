import { create } from "@bufbuild/protobuf";

import {
  type Identifier,
  IdentifierSchema,
  ResourceType,
  type TaskExecutionIdentifier,
  TaskExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  attemptKey,
  type FlyteState,
  joinKey,
  type TaskExecutionRow,
  type TaskReference,
} from "../../../store/index.js";
import { missingEntity } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { executionIdOf } from "./find-execution.js";
import { findNode, nodeIdOf } from "./find-node.js";

/** The row of an attempt, by its complete identifier. */
export function findAttempt(
  state: FlyteState,
  id: TaskExecutionIdentifier,
): TaskExecutionRow | undefined {
  const task = findTaskReference(state, id.taskId);
  const node = findNode(state, id.nodeExecutionId);
  if (task === undefined || node === undefined) return undefined;
  return node.attemptByKey?.get(attemptKey(task, id.retryAttempt));
}

/** The row of an attempt; throws NOT_FOUND when there is none. */
export function requireAttempt(state: FlyteState, id: TaskExecutionIdentifier): TaskExecutionRow {
  const row = findAttempt(state, id);
  if (row === undefined) throw missingEntity("task execution", attemptIdText(id));
  return row;
}

/** The shared reference to a task, made when it is the first to name it. */
export function taskReference(state: FlyteState, id: Identifier): TaskReference {
  const key = joinKey(id.project, id.domain, id.name, id.version);
  const known = state.taskReferences.get(key);
  if (known !== undefined) return known;
  const { project, domain, name, version } = id;
  const reference = { index: state.taskReferences.size, project, domain, name, version };
  state.taskReferences.set(key, reference);
  return reference;
}

/** The identifier of an attempt. */
export function attemptIdOf(row: TaskExecutionRow): TaskExecutionIdentifier {
  const { project, domain, name, version } = row.task;
  return create(TaskExecutionIdentifierSchema, {
    taskId: { resourceType: ResourceType.TASK, project, domain, name, version },
    nodeExecutionId: nodeIdOf(row.node),
    retryAttempt: row.retryAttempt,
  });
}

function findTaskReference(
  state: FlyteState,
  id: Identifier | undefined,
): TaskReference | undefined {
  if (id === undefined) return undefined;
  return state.taskReferences.get(joinKey(id.project, id.domain, id.name, id.version));
}

/** An attempt's identifier as a failed look-up prints it: without its number and its task's resource type. */
function attemptIdText(id: TaskExecutionIdentifier): string {
  const none = { project: "", domain: "", name: "" };
  const task = id.taskId ?? create(IdentifierSchema);
  return messageText(
    TaskExecutionIdentifierSchema,
    create(TaskExecutionIdentifierSchema, {
      taskId: {
        project: task.project,
        domain: task.domain,
        name: task.name,
        version: task.version,
      },
      nodeExecutionId: {
        nodeId: id.nodeExecutionId?.nodeId ?? "",
        executionId: executionIdOf(id.nodeExecutionId?.executionId ?? none),
      },
    }),
  );
}
