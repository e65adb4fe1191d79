import type {
  Execution,
  WorkflowExecutionGetDataResponse,
} from "../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Span } from "../../gen/flyteidl/core/metrics_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  type InputsResult,
  type OutputsResult,
  type ReadDataOptions,
  readExecutionInputs,
  readExecutionOutputs,
} from "../data/index.js";
import {
  unarchiveExecution,
  archiveExecution,
  archiveExecutions,
  type BulkOptions,
  type BulkResult,
  createExecutionEvent,
  type ExecutionQuery,
  type ExecutionsInput,
  type ExecutionUpdate,
  getExecution,
  getExecutionData,
  getExecutionMetrics,
  getExecutions,
  launchAndWaitForExecution,
  type LaunchAndWaitOptions,
  launchExecution,
  type LaunchInput,
  listExecutions,
  recoverExecution,
  recoverExecutions,
  type RecoverInput,
  type RelaunchAllInput,
  relaunchExecution,
  relaunchExecutions,
  type RelaunchInput,
  terminateExecution,
  terminateExecutions,
  type TreeOptions,
  type TreeWalk,
  type UpdatesOptions,
  waitForExecution,
  type WaitOptions,
  walkExecutionTree,
  countExecutionsByPhase,
  countTreeByPhase,
  type ExecutionCountQuery,
  type ExecutionWatchQuery,
  type PhaseCounts,
  rerunExecution,
  type RerunInput,
  type RerunResult,
  type TreeCounts,
  type ListWatch,
  watchExecution,
  watchExecutions,
  type WatchOptions,
  type WorkflowExecutionEventInput,
} from "../executions/index.js";
import type { ListOptions, PagedList, RowList } from "../lists/paging/index.js";
import { type ExecutionScanQuery, scanExecutions, type ScanOptions } from "../lists/index.js";
import type { ExecutionIdInput } from "../values/identifiers/index.js";
import type { AnyInterface, ExecutionPhaseName, WorkflowInterface } from "../values/index.js";

/**
 * Workflow executions: runs of a launch plan, or of a task by itself.
 *
 * @example
 * ```ts
 * const id = await admin.executions.launch({
 *   launchPlan: { project: "flytesnacks", domain: "development", name: "core.flows.sample" },
 *   name: "nightly-2026-11-24",
 * });
 *
 * const running = admin.executions.list({
 *   project: "flytesnacks",
 *   domain: "development",
 *   where: (f) => [
 *     f.phase.in(["UNDEFINED", "QUEUED", "RUNNING"]),
 *     f.launchPlan.name.eq("core.flows.sample"),
 *   ],
 *   orderBy: { field: "createdAt", direction: "descending" },
 * });
 * for await (const execution of running) {
 *   console.log(execution.id?.name, phaseOf(execution));
 * }
 *
 * await admin.executions.terminate(id, { cause: "no longer needed" });
 * await admin.executions.archive(id);
 * ```
 */
export class Executions {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists the executions of a project and domain.
   *
   * Archived executions are left out unless a condition names `state`. Error
   * messages are cut to 100 bytes; `get` returns them whole. A project or domain
   * that does not exist has an empty list on the server, not an error: ask with `mustExist`.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; with
   *   `mustExist`, NotFoundError when the project or domain does not exist
   */
  list(query?: ExecutionQuery, options?: ListOptions): PagedList<Execution> {
    return listExecutions(this.#connection, query, options);
  }

  /**
   * Walks the executions of a project and domain in the order of their creation, at a cost that
   * does not grow with depth: where `list` skips the rows before a page, this asks for those from
   * a time on, by an index of the server. To continue later, take `where: (f) => f.createdAt.gte(…)`.
   *
   * FlyteAdmin offers this for executions only: nodes and attempts are listed by their number,
   * which no message contains.
   *
   * Executions may share a time, and all of them come, each once. Those that enter a filter behind
   * the walk are missed, as in any list.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   FlyteError with code INTERNAL when the server's answers go back in time
   */
  scan(query?: ExecutionScanQuery, options?: ScanOptions): RowList<Execution> {
    return scanExecutions(this.#connection, query, options);
  }

  /**
   * Walks all that is inside an execution: its nodes, with those inside dynamic nodes, sub-workflows,
   * branches and maps, and their attempts; executions that nodes launched on request.
   *
   * FlyteAdmin has no list of all nodes or attempts: this makes one call for the top, one for each
   * parent node and one for each node that may have attempts, more where these have over 1000 rows,
   * and as many at once as is good for the server. Entries come in the same order every time. Error
   * messages of nodes are cut to 100 bytes.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError from the
   *   walk when the execution does not exist
   */
  tree(id: ExecutionIdInput, options?: TreeOptions): TreeWalk {
    return walkExecutionTree(this.#connection, id, options);
  }

  /**
   * Waits until an execution has ended, however it ended, and returns it: `outcomeOf`
   * returns how it ended, `unwrapOutcome` throws when it failed.
   *
   * It asks after half a second at first, then ever less often, some 20 times in a minute. All who
   * wait with one client in one project and domain share the calls: a hundred executions take one.
   * A page that nobody sees asks twice a minute at most, and at once when it is seen again.
   * Transient failures are retried on the next poll. FlyteAdmin has no push notifications, so
   * phases between two polls are missed.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
   *   execution does not exist; DeadlineExceededError when the time is over; CanceledError
   */
  wait(id: ExecutionIdInput, options?: WaitOptions): Promise<Execution> {
    return waitForExecution(this.#connection, id, options);
  }

  /**
   * Yields the changes of an execution as they are seen, from its present state to its end: for
   * pages that show progress. It polls as `wait` does; leaving the loop ends that.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; the rest as `wait`
   */
  updates(id: ExecutionIdInput, options?: UpdatesOptions): AsyncIterable<ExecutionUpdate> {
    return watchExecution(this.#connection, id, options);
  }

  /**
   * Watches the executions of a project and domain: each that comes, changes, or leaves the filter. `updates`
   * watches one execution.
   *
   * FlyteAdmin has no push notifications. The whole list is read at first, and then polls ask for the executions that
   * were written last: one small call for all watches of the client in one project and domain, and one more for a
   * filter when something has changed. Polls come every second while lists change, then ever less often, and take a
   * tenth of the server's time at most. A watch continues through failures that pass, such as a restart of the
   * server.
   *
   * States between two polls are missed. So are changes of what a filter joins, such as the state of a launch plan,
   * until the list is read again after `resyncMs`. Error messages are cut to 100 bytes.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; from the loop
   *   DeadlineExceededError, CanceledError, a FlyteError of code RESOURCE_EXHAUSTED when the list has more than
   *   `maxRows` rows, and what `list` throws when the failure does not pass
   */
  watch(query?: ExecutionWatchQuery, options?: WatchOptions<Execution>): ListWatch<Execution> {
    return watchExecutions(this.#connection, query, options);
  }

  /**
   * Counts the executions of a project and domain by phase.
   *
   * FlyteAdmin has no count. Each phase takes one call where it has fewer than 100 executions, and
   * otherwise some more for one row each: about 8 for 1000 and 15 for 100,000. `calls` of the result
   * is what it took. An execution whose phase changes meanwhile may be counted twice, or not at all.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  countByPhase(
    query?: ExecutionCountQuery,
    options?: CallOptions,
  ): Promise<PhaseCounts<ExecutionPhaseName>> {
    return countExecutionsByPhase(this.#connection, query, options);
  }

  /**
   * Counts all that is inside an execution by phase: nodes, attempts, and executions that nodes launched on request.
   *
   * It walks the tree, which makes one call for the top, one for each parent node and one for each node that may have
   * attempts. For the nodes at the top alone, `nodeExecutions.countByPhase` takes some ten calls, however many there
   * are.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the execution does not
   *   exist
   */
  countTreeByPhase(id: ExecutionIdInput, options?: TreeOptions): Promise<TreeCounts> {
    return countTreeByPhase(this.#connection, id, options);
  }

  /**
   * Gets one execution.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
   */
  get(id: ExecutionIdInput, options?: CallOptions): Promise<Execution> {
    return getExecution(this.#connection, id, options);
  }

  /**
   * Gets many executions, and returns a result for each, in the order of the ids. An execution that
   * is not found, or cannot be read, does not stop the others.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any is read
   */
  getMany(
    executions: ExecutionsInput,
    options?: BulkOptions<WorkflowExecutionIdentifier, Execution>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier, Execution>[]> {
    return getExecutions(this.#connection, executions, options);
  }

  /**
   * Gets the inputs and outputs of an execution as the server returns them.
   *
   * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
   * failed, too large or unreadable. `outputs` distinguishes these.
   *
   * @throws InvalidIdentifierError before the call (the server would answer an empty name with
   *   some execution's data); NotFoundError when the execution does not exist
   */
  getData(id: ExecutionIdInput, options?: CallOptions): Promise<WorkflowExecutionGetDataResponse> {
    return getExecutionData(this.#connection, id, options);
  }

  /**
   * Reads the inputs of an execution: inline, or through a signed URL, whichever works.
   *
   * @param id - its id, or the execution itself, which saves a call
   * @returns the literals with their source, or why there are none; never an empty map that means
   *   "unknown"
   * @throws InvalidIdentifierError before any call; NotFoundError when the execution does not exist
   */
  inputs(id: ExecutionIdInput, options?: ReadDataOptions): Promise<InputsResult> {
    return readExecutionInputs(this.#connection, id, options);
  }

  /**
   * Reads the outputs of an execution: inline, or through a signed URL, whichever works.
   *
   * @param id - its id, or the execution itself, which saves a call
   * @returns the literals with their source, or why there are none: still running, failed with its
   *   error, aborted, none recorded, too large, missing or unreadable
   * @throws InvalidIdentifierError before any call; NotFoundError when the execution does not exist
   */
  outputs(id: ExecutionIdInput, options?: ReadDataOptions): Promise<OutputsResult> {
    return readExecutionOutputs(this.#connection, id, options);
  }

  /**
   * Gets how an execution spent its time, as a tree of spans.
   *
   * @param request - its `depth` says how many levels below the root to open; 0 returns the root
   *   alone, a negative number all levels
   * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
   */
  getMetrics(
    id: ExecutionIdInput,
    request?: { readonly depth?: number | undefined },
    options?: CallOptions,
  ): Promise<Span | undefined> {
    return getExecutionMetrics(this.#connection, id, request, options);
  }

  /**
   * Launches a launch plan, or a task by itself, and returns the id of the execution.
   *
   * With a `name`, a launch whose response was lost is looked up by the name, and sent again only if no execution has
   * it, so that one launch starts one execution. An execution that is found counts as this launch's if plan, inputs,
   * labels and annotations agree. Without a name it is sent once.
   *
   * A launch plan without a version means its active version. The server may answer with the id of an execution that
   * has failed already, when the cluster refused it: look at its phase.
   *
   * Inputs are literals, or JavaScript values (`values`), which become literals by the types that the launch plan
   * declares. A type parameter that describes the inputs lets the compiler check them:
   * `launch<{ inputs: { epochs: bigint } }>({ launchPlan, values: { epochs: 3n } })`.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no launch plan or task, or none is
   *   active; InvalidArgumentError when the inputs do not fit (values that do not are found before the call, as a
   *   LiteralError); AlreadyExistsError when the name is taken or a concurrency limit is reached;
   *   ExecutionConflictError when the response was lost and another execution has the name
   */
  launch<Interface extends WorkflowInterface = AnyInterface>(
    request: LaunchInput<Interface>,
    options?: CallOptions,
  ): Promise<WorkflowExecutionIdentifier> {
    return launchExecution(this.#connection, request, options);
  }

  /**
   * Launches an execution as `launch` does, waits for its end as `wait` does, and returns it as
   * it is then: `unwrapOutcome(outcomeOf(execution))` throws when it failed.
   *
   * `timeoutMs` limits the wait, which begins when the execution is created; the launch has the limit of the client.
   * An execution continues when the wait ends early.
   *
   * @throws the errors of `launch` and of `wait`
   */
  launchAndWait<Interface extends WorkflowInterface = AnyInterface>(
    request: LaunchInput<Interface>,
    options?: LaunchAndWaitOptions,
  ): Promise<Execution> {
    return launchAndWaitForExecution(this.#connection, request, options);
  }

  /**
   * Runs an execution again with the same inputs, and returns the id of the new one.
   *
   * @throws InvalidIdentifierError before the call (the server would relaunch an unrelated execution); NotFoundError
   *   when there is no execution; AlreadyExistsError when the name is taken
   */
  relaunch(
    id: ExecutionIdInput,
    request?: RelaunchInput,
    options?: CallOptions,
  ): Promise<WorkflowExecutionIdentifier> {
    return relaunchExecution(this.#connection, id, request, options);
  }

  /**
   * Launches an execution again with some of its inputs changed, or another version of what it ran.
   *
   * The server's relaunch takes no inputs, so that this reads the execution, its inputs and the
   * launch plan, and creates a new execution with a reference to the old one. Labels, annotations,
   * notifications, tags and the other settings of the execution are carried over, `overwriteCache` is
   * not. An input that had the default of its launch plan keeps that value, also with another version.
   * `dropped` says which parts could not be carried over.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when the
   *   execution or the version does not exist; LiteralError when a value is not of the input's type, or
   *   an input of the version has neither a value nor a default; FlyteError with code
   *   FAILED_PRECONDITION when the inputs of the execution cannot be read; InvalidArgumentError when
   *   the server refuses an input; AlreadyExistsError when the name is taken
   */
  rerun(id: ExecutionIdInput, request?: RerunInput, options?: CallOptions): Promise<RerunResult> {
    return rerunExecution(this.#connection, id, request, options);
  }

  /**
   * Runs an execution again from where it failed, and returns the id of the new one: nodes that succeeded are not run
   * again.
   *
   * @throws InvalidIdentifierError before the call (the server would recover an unrelated execution); NotFoundError
   *   when there is no execution; AlreadyExistsError when the name is taken
   */
  recover(
    id: ExecutionIdInput,
    request?: RecoverInput,
    options?: CallOptions,
  ): Promise<WorkflowExecutionIdentifier> {
    return recoverExecution(this.#connection, id, request, options);
  }

  /**
   * Asks for an execution to be aborted. It is ABORTING at once, and ABORTED when the cluster has
   * stopped it.
   *
   * @param reason - its `cause` says why, for those who look at the execution later
   * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when the execution does not exist;
   *   FailedPreconditionError when it has ended
   */
  terminate(
    id: ExecutionIdInput,
    reason: { readonly cause: string },
    options?: CallOptions,
  ): Promise<void> {
    return terminateExecution(this.#connection, id, reason, options);
  }

  /**
   * Hides an execution from lists that do not ask for archived ones.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
   */
  archive(id: ExecutionIdInput, options?: CallOptions): Promise<void> {
    return archiveExecution(this.#connection, id, options);
  }

  /**
   * Brings an archived execution back into the lists.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
   */
  unarchive(id: ExecutionIdInput, options?: CallOptions): Promise<void> {
    return unarchiveExecution(this.#connection, id, options);
  }

  /**
   * Records what happened to an execution, as Flyte's engine does.
   *
   * @throws InvalidIdentifierError when the event names no execution; InvalidOptionError when it
   *   has no time, an unknown name or a wrong value; AlreadyExistsError when the phase is recorded already;
   *   FailedPreconditionError when the execution has ended
   */
  createEvent(event: WorkflowExecutionEventInput, options?: CallOptions): Promise<void> {
    return createExecutionEvent(this.#connection, event, options);
  }

  /**
   * Asks for many executions to be aborted, and returns a result for each. They are given by
   * their ids, or as a list, which is read to its end first.
   *
   * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
   *   any is aborted
   */
  terminateAll(
    executions: ExecutionsInput,
    reason: { readonly cause: string },
    options?: BulkOptions<WorkflowExecutionIdentifier>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier>[]> {
    return terminateExecutions(this.#connection, executions, reason, options);
  }

  /**
   * Archives many executions, and returns a result for each. They are given by their ids, or
   * as a list, which is read to its end first.
   *
   * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
   *   any is archived
   */
  archiveAll(
    executions: ExecutionsInput,
    options?: BulkOptions<WorkflowExecutionIdentifier>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier>[]> {
    return archiveExecutions(this.#connection, executions, options);
  }

  /**
   * Recovers many executions, and returns for each the id of the new one, or why there is none. They
   * are given by their ids, or as a list, which is read to its end first.
   *
   * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
   *   any is recovered
   */
  recoverAll(
    executions: ExecutionsInput,
    options?: BulkOptions<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>[]> {
    return recoverExecutions(this.#connection, executions, options);
  }

  /**
   * Relaunches many executions with the inputs that they had, and returns for each the id of the new
   * one, or why there is none. They are given by their ids, or as a list, which is read to its end first.
   *
   * A relaunch whose response is lost is not repeated, as it has no name to find it by.
   *
   * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
   *   any is relaunched
   */
  relaunchAll(
    executions: ExecutionsInput,
    request?: RelaunchAllInput,
    options?: BulkOptions<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>[]> {
    return relaunchExecutions(this.#connection, executions, request, options);
  }
}
