import type { MessageInitShape } from "@bufbuild/protobuf";

import {
  type TaskExecution,
  type TaskExecutionGetDataResponse,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { TaskExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import { TaskExecutionEventSchema } from "../../gen/flyteidl/event/event_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import {
  createTaskEventMethod,
  getTaskExecutionDataMethod,
  getTaskExecutionMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import type { OptionNames } from "../internal/validation/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listRows,
  listTaskExecutionsRpc,
  type OwnedQuery,
  ownedQueryNames,
  requireQuery,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type NodeExecutionIdInput,
  requireNodeExecutionId,
  requireTaskExecutionId,
  type ResourceIdInput,
  type TaskExecutionIdInput,
} from "../values/identifiers/index.js";
import type { TaskExecutionPhaseName } from "../values/index.js";
import { checkEvent, createEvent, type EventTimeInput } from "./events.js";

/** The attempts to list. */
export interface TaskExecutionQuery extends EntityQuery<"taskExecution">, OwnedQuery {
  /** The node whose attempts to list; FlyteAdmin has no list over several nodes. */
  readonly nodeExecutionId: NodeExecutionIdInput;
}

const taskExecutionQueryNames: OptionNames<TaskExecutionQuery> = {
  ...entityQueryNames,
  ...ownedQueryNames,
  nodeExecutionId: true,
};

/** An event of an attempt. */
export interface TaskExecutionEventInput extends Omit<
  MessageInitShape<typeof TaskExecutionEventSchema>,
  | "$typeName"
  | "$unknown"
  | "taskId"
  | "parentNodeExecutionId"
  | "retryAttempt"
  | "occurredAt"
  | "phase"
> {
  /** The task. */
  readonly taskId: ResourceIdInput;
  /** The node execution that the attempt belongs to. */
  readonly parentNodeExecutionId: NodeExecutionIdInput;
  /** Counts from 0. */
  readonly retryAttempt: number;
  /** The time of the event. */
  readonly occurredAt: EventTimeInput;
  /** The phase that the attempt has entered, by name or number. */
  readonly phase?: TaskExecutionPhaseName | TaskExecution_Phase | undefined;
}

/**
 * Lists the attempts of one node execution.
 *
 * Error messages come whole, unlike in the lists of executions and nodes. A
 * node that does not exist has an empty list on the server, not an error: ask with `mustExist`.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
 *   with `mustExist`, NotFoundError when the node does not exist
 */
export function listTaskExecutions(
  connection: Connection,
  query: TaskExecutionQuery,
  options?: ListOptions,
): PagedList<TaskExecution> {
  requireQuery(query, taskExecutionQueryNames, "an object with nodeExecutionId");
  const nodeExecutionId = requireNodeExecutionId(
    query.nodeExecutionId,
    requireDefaults(connection),
    "nodeExecutionId",
  );
  return listRows(
    connection,
    listTaskExecutionsRpc,
    { scope: { nodeExecutionId }, query },
    options,
  );
}

/**
 * Gets one attempt.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the attempt does not exist
 */
export async function getTaskExecution(
  connection: Connection,
  id: TaskExecutionIdInput,
  options?: CallOptions,
): Promise<TaskExecution> {
  const request = { id: requireTaskExecutionId(id, requireDefaults(connection)) };
  return callUnary(connection, getTaskExecutionMethod, request, options);
}

/**
 * Gets the inputs and outputs of an attempt as the server returns them: literals
 * inline, and signed URLs where the server signs.
 *
 * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
 * failed, too large or unreadable. `readTaskExecutionOutputs` distinguishes these.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the attempt does not exist;
 *   FlyteError with code INTERNAL when the server signs URLs and an object is missing
 */
export async function getTaskExecutionData(
  connection: Connection,
  id: TaskExecutionIdInput,
  options?: CallOptions,
): Promise<TaskExecutionGetDataResponse> {
  const request = { id: requireTaskExecutionId(id, requireDefaults(connection)) };
  return callUnary(connection, getTaskExecutionDataMethod, request, options);
}

/**
 * Records what happened to an attempt, as Flyte's engine does.
 *
 * @throws InvalidIdentifierError when the event names no attempt; InvalidOptionError when it has no time, an
 *   unknown name or a wrong value;
 *   AlreadyExistsError when the phase is recorded already;
 *   FailedPreconditionError when the attempt has ended
 */
export async function createTaskExecutionEvent(
  connection: Connection,
  event: TaskExecutionEventInput,
  options?: CallOptions,
): Promise<void> {
  checkEvent(event);
  const { taskId, nodeExecutionId } = requireTaskExecutionId(
    {
      taskId: event.taskId,
      nodeExecutionId: event.parentNodeExecutionId,
      retryAttempt: event.retryAttempt,
    },
    requireDefaults(connection),
    "event",
  );
  const identifiers = { taskId, parentNodeExecutionId: nodeExecutionId };
  const request = { event: createEvent(TaskExecutionEventSchema, event, identifiers) };
  await callUnary(connection, createTaskEventMethod, request, options);
}
