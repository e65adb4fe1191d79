import type { MessageInitShape } from "@bufbuild/protobuf";

import {
  type Execution,
  ExecutionState,
  type WorkflowExecutionGetDataResponse,
} from "../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import type { Span } from "../../gen/flyteidl/core/metrics_pb.js";
import { WorkflowExecutionEventSchema } from "../../gen/flyteidl/event/event_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import {
  createWorkflowEventMethod,
  getExecutionDataMethod,
  getExecutionMethod,
  getExecutionMetricsMethod,
  terminateExecutionMethod,
  updateExecutionMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import {
  type OptionNames,
  requireInteger,
  requireKnownOptions,
  requireString,
} from "../internal/validation/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listExecutionsRpc,
  listRows,
  type OwnedQuery,
  ownedQueryNames,
  requireQuery,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type ExecutionIdInput,
  requireExecutionId,
  requireScope,
  type ScopeInput,
  scopeNames,
} from "../values/identifiers/index.js";
import type { ExecutionPhaseName } from "../values/index.js";
import { checkEvent, createEvent, type EventTimeInput } from "./events.js";

/** The executions to list. */
export interface ExecutionQuery extends EntityQuery<"execution">, ScopeInput, OwnedQuery {
  /**
   * The exact name of an execution.
   * @defaultValue all names
   */
  readonly name?: string | undefined;
}

const executionQueryNames: OptionNames<ExecutionQuery> = {
  ...entityQueryNames,
  ...scopeNames,
  ...ownedQueryNames,
  name: true,
};

/** An event of an execution. */
export interface WorkflowExecutionEventInput extends Omit<
  MessageInitShape<typeof WorkflowExecutionEventSchema>,
  "$typeName" | "$unknown" | "executionId" | "occurredAt" | "phase"
> {
  /** The execution. */
  readonly executionId: ExecutionIdInput;
  /** The time of the event. */
  readonly occurredAt: EventTimeInput;
  /** The phase that the execution has entered, by name or number. */
  readonly phase?: ExecutionPhaseName | WorkflowExecution_Phase | undefined;
}

/**
 * Lists the executions of a project and domain.
 *
 * Archived executions are left out unless a condition names `state`. Error
 * messages are cut to 100 bytes; `getExecution` returns them whole. A project or domain
 * that does not exist has an empty list on the server, not an error: ask with `mustExist`.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; with
 *   `mustExist`, NotFoundError when the project or domain does not exist
 */
export function listExecutions(
  connection: Connection,
  query: ExecutionQuery = {},
  options?: ListOptions,
): PagedList<Execution> {
  requireQuery(query, executionQueryNames);
  const scope = requireScope(query, requireDefaults(connection));
  const id = { ...scope, ...(query.name !== undefined && { name: query.name }) };
  return listRows(connection, listExecutionsRpc, { scope: { id }, query }, options);
}

/**
 * Gets one execution.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
 */
export async function getExecution(
  connection: Connection,
  id: ExecutionIdInput,
  options?: CallOptions,
): Promise<Execution> {
  const request = { id: requireExecutionId(id, requireDefaults(connection)) };
  return callUnary(connection, getExecutionMethod, request, options);
}

/**
 * Gets the inputs and outputs of an execution as the server returns them.
 *
 * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
 * failed, too large or unreadable. `readExecutionOutputs` distinguishes these.
 *
 * @throws InvalidIdentifierError before the call (the server would answer an empty name with
 *   some execution's data); NotFoundError when the execution does not exist
 */
export async function getExecutionData(
  connection: Connection,
  id: ExecutionIdInput,
  options?: CallOptions,
): Promise<WorkflowExecutionGetDataResponse> {
  const request = { id: requireExecutionId(id, requireDefaults(connection)) };
  return callUnary(connection, getExecutionDataMethod, request, options);
}

/**
 * Gets how an execution spent its time, as a tree of spans.
 *
 * @param request - its `depth` says how many levels below the root to open; 0 returns the root
 *   alone, a negative number all levels
 * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
 */
export async function getExecutionMetrics(
  connection: Connection,
  id: ExecutionIdInput,
  request: { readonly depth?: number | undefined } = {},
  options?: CallOptions,
): Promise<Span | undefined> {
  const expected = "an object such as { depth: 1 }";
  const { depth = -1 } = requireKnownOptions(request, { depth: true }, "request", expected);
  requireInteger(depth, "depth", { min: -2_147_483_648, max: 2_147_483_647 });
  const source = requireExecutionId(id, requireDefaults(connection));
  const reply = await callUnary(
    connection,
    getExecutionMetricsMethod,
    { id: source, depth },
    options,
  );
  return reply.span;
}

/**
 * Asks for an execution to be aborted. It is ABORTING at once, and ABORTED when the cluster has
 * stopped it.
 *
 * @param reason - its `cause` says why, for those who look at the execution later
 * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when the execution does not exist;
 *   FailedPreconditionError when it has ended
 */
export async function terminateExecution(
  connection: Connection,
  id: ExecutionIdInput,
  reason: { readonly cause: string },
  options?: CallOptions,
): Promise<void> {
  const source = requireExecutionId(id, requireDefaults(connection));
  const request = { id: source, cause: requireCause(reason) };
  await callUnary(connection, terminateExecutionMethod, request, options);
}

/**
 * Hides an execution from lists that do not ask for archived ones.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
 */
export async function archiveExecution(
  connection: Connection,
  id: ExecutionIdInput,
  options?: CallOptions,
): Promise<void> {
  await setState(connection, id, ExecutionState.EXECUTION_ARCHIVED, options);
}

/**
 * Brings an archived execution back into the lists.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the execution does not exist
 */
export async function unarchiveExecution(
  connection: Connection,
  id: ExecutionIdInput,
  options?: CallOptions,
): Promise<void> {
  await setState(connection, id, ExecutionState.EXECUTION_ACTIVE, options);
}

/**
 * Records what happened to an execution, as Flyte's engine does.
 *
 * @throws InvalidIdentifierError when the event names no execution; InvalidOptionError when it
 *   has no time, an unknown name or a wrong value; AlreadyExistsError when the phase is recorded already;
 *   FailedPreconditionError when the execution has ended
 */
export async function createExecutionEvent(
  connection: Connection,
  event: WorkflowExecutionEventInput,
  options?: CallOptions,
): Promise<void> {
  checkEvent(event);
  const executionId = requireExecutionId(
    event.executionId,
    requireDefaults(connection),
    "event.executionId",
  );
  const request = { event: createEvent(WorkflowExecutionEventSchema, event, { executionId }) };
  await callUnary(connection, createWorkflowEventMethod, request, options);
}

async function setState(
  connection: Connection,
  id: ExecutionIdInput,
  state: ExecutionState,
  options?: CallOptions,
): Promise<void> {
  const request = { id: requireExecutionId(id, requireDefaults(connection)), state };
  await callUnary(connection, updateExecutionMethod, request, options);
}

/**
 * Checks the reason of a termination.
 *
 * @throws InvalidOptionError
 */
export function requireCause(reason: { readonly cause: string }): string {
  const expected = 'an object such as { cause: "why" }';
  const { cause } = requireKnownOptions(reason, { cause: true }, "reason", expected);
  return requireString(cause, "cause");
}
