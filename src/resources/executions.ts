import { isMessage, type MessageInitShape } from "@bufbuild/protobuf";
import type { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { CallOptions } from "@connectrpc/connect";

import {
  type Execution,
  ExecutionState,
  type WorkflowExecutionGetDataResponse,
  ExecutionSchema,
} from "../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Span } from "../../gen/flyteidl/core/metrics_pb.js";
import type { WorkflowExecutionEventSchema } from "../../gen/flyteidl/event/event_pb.js";
import type { BulkOptions, BulkResult } from "../executions/bulk/index.js";
import type { InputsResult, OutputsResult, ReadDataOptions } from "../data/index.js";
import { InvalidOptionError } from "../errors/index.js";
import {
  checkNewExecutionName,
  type ExecutionIdInput,
  requireExecutionId,
  requireScope,
  type ScopeInput,
} from "../values/identifiers/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import { requireObject } from "../internal/require-object.js";
import { dataContext, type ResourceContext } from "./context.js";
import { requireEvent } from "./require-event.js";
import type { LaunchRequest } from "../executions/launch/launch.js";
import type { AnyInterface, WorkflowInterface } from "../executions/launch/launch-inputs.js";
import { type EntityQuery, listRows, type OwnedQuery } from "../lists/listing.js";
import { requireScopeExists } from "./scope-exists.js";
import type {
  RecoverRequest,
  RelaunchRequest,
  Rerun,
} from "../executions/launch/start-execution.js";
import type { RowList } from "../lists/paging/index.js";
import { type ScanFilter, scanExecutions, type ScanOptions } from "../lists/scan/index.js";
import { type TreeOptions, type TreeWalk, walkTree } from "../executions/tree/index.js";
import {
  type ExecutionPoller,
  type ExecutionUpdate,
  executionUpdates,
  type UpdatesOptions,
  type WaitOptions,
  type WaitRequest,
} from "../executions/wait/index.js";

/** Which executions to list. */
export interface ExecutionQuery extends EntityQuery<"execution">, ScopeInput, OwnedQuery {
  /**
   * The exact name of an execution.
   * @defaultValue all names
   */
  readonly name?: string;
}

/** Which executions to scan. */
export interface ExecutionScanQuery extends ScopeInput, ScanFilter {}

/** What happened to an execution. */
export interface WorkflowExecutionEventInput extends Omit<
  MessageInitShape<typeof WorkflowExecutionEventSchema>,
  "$typeName" | "$unknown" | "executionId" | "occurredAt"
> {
  readonly executionId: ExecutionIdInput | undefined;
  readonly occurredAt: MessageInitShape<typeof TimestampSchema>;
}

/** Executions to do something to: their ids, or a list of them. */
export type ExecutionsInput =
  Iterable<ExecutionIdInput | Execution> | AsyncIterable<ExecutionIdInput | Execution>;

/**
 * Workflow executions: runs of a launch plan, or of a task by itself.
 *
 * {@includeCode ../../examples/resources/executions.ts#example}
 */
export class Executions {
  readonly #context: ResourceContext;
  /** Made by the first who waits, for all of them. */
  #poller: ExecutionPoller | undefined;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Lists the executions of a project and domain.
   *
   * Archived executions are left out unless a condition names `state`. Error
   * messages are cut to 100 bytes; `get` gives them whole. A project or domain
   * that does not exist has an empty list on the server, not an error: ask with `mustExist`.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; with
   *   `mustExist`, NotFoundError when there is no such project or domain
   */
  list(query: ExecutionQuery = {}, options?: ListOptions): PagedList<Execution> {
    const scope = requireScope(query, this.#context.defaults);
    const id = { ...scope, ...(query.name !== undefined && { name: query.name }) };
    const checkOwner = (call: CallOptions) =>
      requireScopeExists(this.#context.clients.admin, scope, call);
    return listRows(
      {
        rpc: "ListExecutions",
        checkOwner: query.mustExist === true ? checkOwner : undefined,
        entity: "execution",
        schema: ExecutionSchema,
        fetch: async (page, call) => {
          const reply = await this.#context.clients.admin.listExecutions({ id, ...page }, call);
          return { items: reply.executions, token: reply.token };
        },
        keyOf: ({ id }) => id?.name ?? "",
      },
      query,
      options,
    );
  }

  /**
   * Walks the executions of a project and domain in the order of their creation, at a cost that
   * does not grow with depth: where `list` skips the rows before a page, this asks for those from
   * a time on, by an index of the server. To go on later, take `where: (f) => f.createdAt.gte(…)`.
   *
   * FlyteAdmin offers this for executions only: nodes and attempts are listed by their number,
   * which no message tells.
   *
   * Executions may share a time, and all of them come, each once. Those that enter a filter behind
   * the walk are missed, as in any list.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
   *   FlyteError with code INTERNAL when the server's answers go back in time
   */
  scan(query: ExecutionScanQuery = {}, options?: ScanOptions): RowList<Execution> {
    const scope = requireScope(query, this.#context.defaults);
    const { clients, loadLater } = this.#context;
    const request = { admin: clients.admin, scope, filter: query };
    return scanExecutions(request, () => loadLater(options), options);
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
   *   walk when there is no such execution
   */
  tree(id: ExecutionIdInput | undefined, options?: TreeOptions): TreeWalk {
    const { clients, defaults, loadLater } = this.#context;
    const executionId = requireExecutionId(id, defaults);
    const request = { admin: clients.admin, id: executionId, attemptFilter: "" };
    return walkTree(request, () => loadLater(options), options);
  }

  /**
   * Waits until an execution has ended, however it ended, and gives it as it is then: `outcomeOf`
   * tells what came of it, `unwrapOutcome` throws when it failed.
   *
   * It asks after half a second at first, then ever less often, some 20 times in a minute. All who
   * wait with one client in one project and domain share the calls: a hundred executions take one.
   * A call that fails in passing is made up for by the next. FlyteAdmin tells nobody of changes, so
   * that phases between two polls go unseen.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; NotFoundError when there
   *   is no such execution; DeadlineExceededError when the time is over; CanceledError
   */
  async wait(id: ExecutionIdInput | undefined, options?: WaitOptions): Promise<Execution> {
    const executionId = requireExecutionId(id, this.#context.defaults);
    const part = await this.#context.loadLater(options);
    return part.waitForExecution(this.#waitRequest(part, executionId), options);
  }

  /**
   * Gives the changes of an execution as they are seen, from its present state to its end: for
   * pages that show progress. It polls as `wait` does; leaving the loop ends that.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call; the rest as `wait`
   */
  updates(
    id: ExecutionIdInput | undefined,
    options?: UpdatesOptions,
  ): AsyncIterable<ExecutionUpdate> {
    const executionId = requireExecutionId(id, this.#context.defaults);
    return executionUpdates(async () => {
      const part = await this.#context.loadLater(options);
      return part.updatesOf(this.#waitRequest(part, executionId), options);
    }, options);
  }

  /**
   * Gets one execution.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such execution
   */
  async get(id: ExecutionIdInput | undefined, options?: CallOptions): Promise<Execution> {
    const request = { id: requireExecutionId(id, this.#context.defaults) };
    return this.#context.clients.admin.getExecution(request, options);
  }

  /**
   * Gets the inputs and outputs of an execution as the server gives them.
   *
   * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
   * failed, too large or unreadable. `outputs` tells these apart.
   *
   * @throws InvalidIdentifierError before the call (the server would answer an empty name with
   *   some execution's data); NotFoundError when there is no such execution
   */
  async getData(
    id: ExecutionIdInput | undefined,
    options?: CallOptions,
  ): Promise<WorkflowExecutionGetDataResponse> {
    const request = { id: requireExecutionId(id, this.#context.defaults) };
    return this.#context.clients.admin.getExecutionData(request, options);
  }

  /**
   * Reads the inputs of an execution: inline, or through a signed URL, whichever way works.
   *
   * @param of - its id, or the execution itself, which saves a call
   * @returns the literals with where they came from, or why there are none; never an empty map
   *   that means "unknown"
   * @throws InvalidIdentifierError before any call; NotFoundError when there is no such execution
   */
  async inputs(
    of: ExecutionIdInput | Execution | undefined,
    options?: ReadDataOptions,
  ): Promise<InputsResult> {
    const { readExecutionInputs } = await this.#context.loadLater(options);
    return readExecutionInputs(dataContext(this.#context), of, options);
  }

  /**
   * Reads the outputs of an execution: inline, or through a signed URL, whichever way works.
   *
   * @param of - its id, or the execution itself, which saves a call
   * @returns the literals with where they came from, or why there are none: still running, failed
   *   with its error, aborted, none recorded, too large, missing or unreadable
   * @throws InvalidIdentifierError before any call; NotFoundError when there is no such execution
   */
  async outputs(
    of: ExecutionIdInput | Execution | undefined,
    options?: ReadDataOptions,
  ): Promise<OutputsResult> {
    const { readExecutionOutputs } = await this.#context.loadLater(options);
    return readExecutionOutputs(dataContext(this.#context), of, options);
  }

  /**
   * Gets where the time of an execution went, as a tree of spans.
   *
   * @param request - its `depth` says how many levels below the root to open; 0 gives the root
   *   alone, a negative number all levels
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such execution
   */
  async getMetrics(
    id: ExecutionIdInput | undefined,
    request: { readonly depth?: number } = {},
    options?: CallOptions,
  ): Promise<Span | undefined> {
    const { depth = -1 } = requireObject(request, "request", "an object such as { depth: 1 }");
    const source = requireExecutionId(id, this.#context.defaults);
    const reply = await this.#context.clients.admin.getExecutionMetrics(
      { id: source, depth },
      options,
    );
    return reply.span;
  }

  /**
   * Launches a launch plan, or a task by itself, and gives the id of the execution.
   *
   * With a `name` the call is sent again when its answer was lost, and the execution is found
   * again by its name, so that one launch starts one execution. Without one it is sent once.
   *
   * A launch plan without a version means its active version. The server may answer with the id
   * of an execution that has failed already, when the cluster refused it: look at its phase.
   *
   * Inputs are literals, or JavaScript values (`values`), which become literals by the types that
   * the launch plan declares. A type parameter that describes the inputs lets the compiler check
   * them: `launch<{ inputs: { epochs: bigint } }>({ launchPlan, values: { epochs: 3n } })`.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such launch
   *   plan or task, or none is active; InvalidArgumentError when the inputs do not fit (values
   *   that do not are found before the call, as a LiteralError);
   *   AlreadyExistsError when the name is taken or a concurrency limit is reached;
   *   ExecutionConflictError when the answer was lost and the name turns out to be another's
   */
  async launch<Interface extends WorkflowInterface = AnyInterface>(
    request: LaunchRequest<Interface>,
    options?: CallOptions,
  ): Promise<WorkflowExecutionIdentifier> {
    const { launchExecution } = await this.#context.loadLater(options);
    return launchExecution(this.#context, request, options);
  }

  /**
   * Runs an execution again with the same inputs, and gives the id of the new one.
   *
   * @throws InvalidIdentifierError before the call (the server would relaunch some other
   *   execution); NotFoundError when there is no such execution; AlreadyExistsError when the name
   *   is taken
   */
  async relaunch(
    id: ExecutionIdInput | undefined,
    request: RelaunchRequest = {},
    options?: CallOptions,
  ): Promise<WorkflowExecutionIdentifier> {
    const source = this.#rerun(id, request);
    const { relaunchExecution } = await this.#context.loadLater(options);
    const { overwriteCache = false } = request;
    return relaunchExecution(this.#context, { ...source, overwriteCache }, options);
  }

  /**
   * Runs an execution again from where it failed, and gives the id of the new one: nodes that
   * succeeded are not run again.
   *
   * @throws InvalidIdentifierError before the call (the server would recover some other
   *   execution); NotFoundError when there is no such execution; AlreadyExistsError when the name
   *   is taken
   */
  async recover(
    id: ExecutionIdInput | undefined,
    request: RecoverRequest = {},
    options?: CallOptions,
  ): Promise<WorkflowExecutionIdentifier> {
    const source = this.#rerun(id, request);
    const { recoverExecution } = await this.#context.loadLater(options);
    return recoverExecution(this.#context, source, options);
  }

  /**
   * Asks for an execution to be aborted. It is ABORTING at once, and ABORTED when the cluster has
   * stopped it.
   *
   * @param reason - its `cause` says why, for those who look at the execution later
   * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when there is no such execution;
   *   FailedPreconditionError when it has ended
   */
  async terminate(
    id: ExecutionIdInput | undefined,
    reason: { readonly cause: string },
    options?: CallOptions,
  ): Promise<void> {
    const source = requireExecutionId(id, this.#context.defaults);
    const request = { id: source, cause: requireCause(reason) };
    await this.#context.clients.admin.terminateExecution(request, options);
  }

  /**
   * Hides an execution from lists that do not ask for archived ones.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such execution
   */
  async archive(id: ExecutionIdInput | undefined, options?: CallOptions): Promise<void> {
    await this.#setState(id, ExecutionState.EXECUTION_ARCHIVED, options);
  }

  /**
   * Brings an archived execution back into the lists.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when there is no such execution
   */
  async activate(id: ExecutionIdInput | undefined, options?: CallOptions): Promise<void> {
    await this.#setState(id, ExecutionState.EXECUTION_ACTIVE, options);
  }

  /**
   * Records what happened to an execution, as Flyte's engine does.
   *
   * @throws InvalidIdentifierError when the event names no execution; InvalidOptionError when it
   *   has no time; AlreadyExistsError when the phase is recorded already;
   *   FailedPreconditionError when the execution has ended
   */
  async createEvent(event: WorkflowExecutionEventInput, options?: CallOptions): Promise<void> {
    requireEvent(event);
    const executionId = requireExecutionId(
      event.executionId,
      this.#context.defaults,
      "event.executionId",
    );
    const request = { event: { ...event, executionId } };
    await this.#context.clients.admin.createWorkflowEvent(request, options);
  }

  /**
   * Asks for many executions to be aborted, and tells of each what became of it. They are given by
   * their ids, or as a list, which is read to its end first.
   *
   * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
   *   any is aborted
   */
  async terminateAll(
    executions: ExecutionsInput,
    reason: { readonly cause: string },
    options?: BulkOptions<WorkflowExecutionIdentifier>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier>[]> {
    requireCause(reason);
    const { actOnAll } = await this.#context.loadLater(options);
    return actOnAll(
      executions,
      (each) => this.#idOf(each),
      (id, signal) => this.terminate(id, reason, { signal }),
      options,
    );
  }

  /**
   * Archives many executions, and tells of each what became of it. They are given by their ids, or
   * as a list, which is read to its end first.
   *
   * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
   *   any is archived
   */
  async archiveAll(
    executions: ExecutionsInput,
    options?: BulkOptions<WorkflowExecutionIdentifier>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier>[]> {
    const { actOnAll } = await this.#context.loadLater(options);
    return actOnAll(
      executions,
      (each) => this.#idOf(each),
      (id, signal) => this.archive(id, { signal }),
      options,
    );
  }

  /**
   * Recovers many executions, and tells of each the id of the new one, or why there is none. They
   * are given by their ids, or as a list, which is read to its end first.
   *
   * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
   *   any is recovered
   */
  async recoverAll(
    executions: ExecutionsInput,
    options?: BulkOptions<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>,
  ): Promise<BulkResult<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>[]> {
    const { actOnAll } = await this.#context.loadLater(options);
    return actOnAll(
      executions,
      (each) => this.#idOf(each),
      (id, signal) => this.recover(id, {}, { signal }),
      options,
    );
  }

  #idOf(execution: ExecutionIdInput | Execution): WorkflowExecutionIdentifier {
    const id = isMessage(execution, ExecutionSchema) ? execution.id : execution;
    return requireExecutionId(id, this.#context.defaults);
  }

  #rerun(id: ExecutionIdInput | undefined, request: RecoverRequest): Rerun {
    const source = requireExecutionId(id, this.#context.defaults);
    const { name } = requireObject(request, "request", "an object such as { name }");
    return name === undefined
      ? { id: source }
      : { id: source, name: checkNewExecutionName(name, "name") };
  }

  #waitRequest(
    part: { readonly ExecutionPoller: typeof ExecutionPoller },
    id: WorkflowExecutionIdentifier,
  ): WaitRequest {
    const { clients, clock, closed } = this.#context;
    this.#poller ??= new part.ExecutionPoller(clients.admin, clock, closed);
    return { admin: clients.admin, poller: this.#poller, id };
  }

  async #setState(
    id: ExecutionIdInput | undefined,
    state: ExecutionState,
    options?: CallOptions,
  ): Promise<void> {
    const request = { id: requireExecutionId(id, this.#context.defaults), state };
    await this.#context.clients.admin.updateExecution(request, options);
  }
}

function requireCause(reason: { readonly cause: string }): string {
  const { cause } = requireObject(reason, "reason", 'an object such as { cause: "why" }');
  if (typeof cause === "string") return cause;
  throw new InvalidOptionError(`cause is of type ${typeof cause}; it must be a text`, {
    option: "cause",
  });
}
