import type {
  TaskExecution,
  TaskExecutionGetDataResponse,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  type InputsResult,
  type OutputsResult,
  type ReadDataOptions,
  type MapTaskOutputs,
  readMapTaskOutputs,
  readTaskExecutionInputs,
  readTaskExecutionOutputs,
} from "../data/index.js";
import {
  createTaskExecutionEvent,
  type ExecutionAttemptsOptions,
  type ExecutionAttemptsQuery,
  getTaskExecution,
  getTaskExecutionData,
  listTaskExecutions,
  listTaskExecutionsForExecution,
  type TaskExecutionEventInput,
  type TaskExecutionQuery,
  countTaskExecutionsByPhase,
  type TaskExecutionCountQuery,
  type ListWatch,
  type PhaseCounts,
  watchTaskExecutions,
  type WatchOptions,
  type TaskExecutionWatchQuery,
} from "../executions/index.js";
import type { ListOptions, PagedList, RowList } from "../lists/paging/index.js";
import type { TaskExecutionIdInput } from "../values/identifiers/index.js";
import type { TaskExecutionPhaseName } from "../values/index.js";

/**
 * Task executions: the attempts of a node to run its task.
 *
 * @example
 * ```ts
 * const nodeExecutionId = {
 *   executionId: { project: "flytesnacks", domain: "development", name: "demo0001" },
 *   nodeId: "n0",
 * };
 * const failed = admin.taskExecutions.list({
 *   nodeExecutionId,
 *   where: (f) => [f.phase.in(["FAILED", "ABORTED"]), f.retryAttempt.gte(1)],
 *   orderBy: { field: "createdAt", direction: "descending" },
 * });
 * for await (const attempt of failed) {
 *   const outcome = outcomeOf(attempt);
 *   if (outcome.kind === "error") console.log(attempt.id?.retryAttempt, outcome.error.message);
 * }
 *
 * const succeeded = admin.taskExecutions.list({
 *   nodeExecutionId,
 *   where: (f) => f.phase.eq("SUCCEEDED"),
 * });
 * const attempt = await succeeded.first();
 * if (attempt === undefined) return;
 * const outputs = await admin.taskExecutions.outputs(attempt);
 * if (outputs.kind === "literals") console.log(literalsToValues(outputs.literals));
 * else console.log("no outputs:", outputs.kind);
 *
 * for (const { name, uri, isValid } of logsOf(attempt)) {
 *   if (isValid) console.log(name, uri);
 * }
 * ```
 */
export class TaskExecutions {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
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
  list(query: TaskExecutionQuery, options?: ListOptions): PagedList<TaskExecution> {
    return listTaskExecutions(this.#connection, query, options);
  }

  /**
   * Watches the attempts of a node, as `executions.watch` watches executions. Error messages come
   * whole.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; the rest
   *   as `executions.watch`
   */
  watch(
    query: TaskExecutionWatchQuery,
    options?: WatchOptions<TaskExecution>,
  ): ListWatch<TaskExecution> {
    return watchTaskExecutions(this.#connection, query, options);
  }

  /**
   * Counts the attempts of a node by phase, as `executions.countByPhase` counts executions.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  countByPhase(
    query: TaskExecutionCountQuery,
    options?: CallOptions,
  ): Promise<PhaseCounts<TaskExecutionPhaseName>> {
    return countTaskExecutionsByPhase(this.#connection, query, options);
  }

  /**
   * Lists the attempts of all nodes of an execution, wherever they are inside it, in the order of
   * the nodes in `executions.tree`.
   *
   * FlyteAdmin lists the attempts of one node at a time, whatever the conditions: this asks for all
   * nodes first, and then for each one's attempts, several at once.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   NotFoundError from the list when the execution does not exist
   */
  listForExecution(
    query: ExecutionAttemptsQuery,
    options?: ExecutionAttemptsOptions,
  ): RowList<TaskExecution> {
    return listTaskExecutionsForExecution(this.#connection, query, options);
  }

  /**
   * Gets one attempt.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the attempt does not exist
   */
  get(id: TaskExecutionIdInput, options?: CallOptions): Promise<TaskExecution> {
    return getTaskExecution(this.#connection, id, options);
  }

  /**
   * Gets the inputs and outputs of an attempt as the server returns them: literals
   * inline, and signed URLs where the server signs.
   *
   * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
   * failed, too large or unreadable. `outputs` distinguishes these.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the attempt does not exist;
   *   FlyteError with code INTERNAL when the server signs URLs and an object is missing
   */
  getData(id: TaskExecutionIdInput, options?: CallOptions): Promise<TaskExecutionGetDataResponse> {
    return getTaskExecutionData(this.#connection, id, options);
  }

  /**
   * Reads the inputs of an attempt: inline, or through a signed URL, whichever works.
   *
   * @param id - its id, or the attempt itself, which saves a call
   * @returns the literals with their source, or why there are none; never an empty map that means
   *   "unknown"
   * @throws InvalidIdentifierError before any call; NotFoundError when the attempt does not exist
   */
  inputs(id: TaskExecutionIdInput, options?: ReadDataOptions): Promise<InputsResult> {
    return readTaskExecutionInputs(this.#connection, id, options);
  }

  /**
   * Reads the outputs of an attempt: inline, or through a signed URL, whichever works.
   *
   * @param id - its id, or the attempt itself, which saves a call
   * @returns the literals with their source, or why there are none: still running, failed with its
   *   error, aborted, none recorded, too large, missing or unreadable
   * @throws InvalidIdentifierError before any call; NotFoundError when the attempt does not exist
   */
  outputs(id: TaskExecutionIdInput, options?: ReadDataOptions): Promise<OutputsResult> {
    return readTaskExecutionOutputs(this.#connection, id, options);
  }

  /**
   * Reads the outputs of a map task by index, with the latest attempt of each sub-task.
   *
   * Flyte writes the outputs of a map task as lists when all sub-tasks have ended: before, `items`
   * has attempts and no outputs. FlyteAdmin does not say where the outputs of one sub-task are.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
   *   attempt does not exist; FlyteError with code FAILED_PRECONDITION when an output is not a
   *   list: the attempt is not of a map task
   */
  mapOutputs(id: TaskExecutionIdInput, options?: ReadDataOptions): Promise<MapTaskOutputs> {
    return readMapTaskOutputs(this.#connection, id, options);
  }

  /**
   * Records what happened to an attempt, as Flyte's engine does.
   *
   * @throws InvalidIdentifierError when the event names no attempt; InvalidOptionError when it has no time, an
   *   unknown name or a wrong value;
   *   AlreadyExistsError when the phase is recorded already;
   *   FailedPreconditionError when the attempt has ended
   */
  createEvent(event: TaskExecutionEventInput, options?: CallOptions): Promise<void> {
    return createTaskExecutionEvent(this.#connection, event, options);
  }
}
