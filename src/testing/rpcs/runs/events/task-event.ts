import { create, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  type TaskExecutionEventRequest,
  type TaskExecutionEventResponse,
  TaskExecutionEventResponseSchema,
} from "../../../../../gen/flyteidl/admin/event_pb.js";
import { TaskExecutionClosureSchema } from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import {
  NodeExecutionIdentifierSchema,
  TaskExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { TaskExecutionEvent } from "../../../../../gen/flyteidl/event/event_pb.js";
import {
  attemptKey,
  type FlyteState,
  microsOf,
  type NodeExecutionRow,
  type TaskExecutionRow,
} from "../../../store/index.js";
import { adminError, alreadyTerminal, missing } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { checkAttemptId, checkCluster, checkOutputSize } from "../checks/index.js";
import {
  attemptPhaseName,
  findAttempt,
  findNode,
  requireExecution,
  taskReference,
} from "../rows/index.js";
import { firstAttemptChange, nextAttemptChange } from "./attempt-change.js";
import { type AttemptEvent, attemptInputUri } from "./attempt-data.js";

/**
 * Records an event of an attempt. The first one makes the attempt, later ones
 * change it.
 * @throws ALREADY_EXISTS when the phase is recorded with this or a higher version
 * @throws FAILED_PRECONDITION when the attempt is over; the detail has the phase of the event
 */
export function createTaskEvent(
  state: FlyteState,
  request: TaskExecutionEventRequest,
): TaskExecutionEventResponse {
  const { event } = request;
  if (event === undefined) throw missing("event");
  if (event.occurredAt === undefined) throw missing("occurred_at");
  const output = event.outputResult.case === "outputData" ? event.outputResult.value : undefined;
  checkOutputSize(state, output);
  const attempt = attemptOf(event);
  const execution = requireExecution(state, attempt.id.nodeExecutionId?.executionId);
  checkCluster(execution.cluster, event.producerId);
  const row = findAttempt(state, attempt.id);
  if (row === undefined) insertAttempt(state, attempt);
  else updateAttempt(state, row, attempt);
  return create(TaskExecutionEventResponseSchema);
}

function attemptOf(event: TaskExecutionEvent): AttemptEvent {
  const id = create(TaskExecutionIdentifierSchema, { retryAttempt: event.retryAttempt });
  if (event.taskId !== undefined) id.taskId = event.taskId;
  if (event.parentNodeExecutionId !== undefined) id.nodeExecutionId = event.parentNodeExecutionId;
  return { id: checkAttemptId(id), event };
}

function insertAttempt(state: FlyteState, attempt: AttemptEvent): void {
  const { id, event } = attempt;
  const node = findNode(state, id.nodeExecutionId);
  if (node === undefined || id.taskId === undefined) {
    const text = messageText(NodeExecutionIdentifierSchema, id.nodeExecutionId);
    throw adminError(
      Code.NotFound,
      `Failed to get existing node execution id: [${text}] with err: entry not found`,
    );
  }
  const change = firstAttemptChange(state, attempt);
  const inputUri = attemptInputUri(state, "", attempt);
  const now = state.tick();
  addAttempt(node, {
    id: ++state.counters.taskExecutions,
    createdAt: now,
    updatedAt: now,
    task: taskReference(state, id.taskId),
    node,
    retryAttempt: event.retryAttempt,
    phase: attemptPhaseName(event.phase),
    phaseVersion: event.phaseVersion,
    inputUri,
    closure: toBinary(TaskExecutionClosureSchema, change.closure),
    startedAt: change.startedAt,
    taskExecutionCreatedAt: microsOf(change.occurredAt),
    taskExecutionUpdatedAt: microsOf(change.reportedAt),
    duration: change.duration,
    children: undefined,
  });
}

function addAttempt(node: NodeExecutionRow, row: TaskExecutionRow): void {
  node.attempts ??= [];
  node.attempts.push(row);
  node.attemptByKey ??= new Map<number, TaskExecutionRow>();
  node.attemptByKey.set(attemptKey(row.task, row.retryAttempt), row);
}

function updateAttempt(state: FlyteState, row: TaskExecutionRow, attempt: AttemptEvent): void {
  checkPhaseChange(row, attempt);
  const { event } = attempt;
  const change = nextAttemptChange(state, row, attempt);
  row.inputUri = attemptInputUri(state, row.inputUri, attempt);
  row.phase = attemptPhaseName(event.phase);
  // The server's database layer does not write zeros, so that a version outlives its phase.
  if (event.phaseVersion !== 0) row.phaseVersion = event.phaseVersion;
  row.startedAt = change.startedAt;
  row.duration = change.duration;
  row.taskExecutionUpdatedAt = microsOf(change.reportedAt);
  const bytes = toBinary(TaskExecutionClosureSchema, change.closure);
  row.closure = bytes;
  row.updatedAt = state.tick();
}

function checkPhaseChange(row: TaskExecutionRow, { id, event }: AttemptEvent): void {
  const phase = attemptPhaseName(event.phase);
  if (row.phase === phase && row.phaseVersion >= event.phaseVersion) {
    throw adminError(
      Code.AlreadyExists,
      `have already recorded task execution phase ${phase} (version: ${event.phaseVersion}) for ` +
        messageText(TaskExecutionIdentifierSchema, id),
    );
  }
  if (row.phase === "SUCCEEDED" || row.phase === "FAILED" || row.phase === "ABORTED") {
    const text = messageText(TaskExecutionIdentifierSchema, id);
    throw alreadyTerminal(
      `invalid phase change from ${row.phase} to ${phase} for task execution ${text}`,
      phase,
    );
  }
}
