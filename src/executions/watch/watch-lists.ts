import { type Execution, ExecutionState } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { type Connection, requireDefaults } from "../../calls/index.js";
import type { OptionNames } from "../../internal/validation/index.js";
import {
  listExecutionsRpc,
  listNodeExecutionsRpc,
  listTaskExecutionsRpc,
  type OwnedQuery,
  ownedQueryNames,
  requireQuery,
} from "../../lists/index.js";
import type { WhereInput } from "../../lists/filters/index.js";
import {
  type ExecutionIdInput,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireScope,
  type ScopeInput,
  scopeNames,
} from "../../values/identifiers/index.js";
import { createWatch, type WatchGroups } from "./create-watch.js";
import { type ListWatch, type WatchOptions, watchOptionNames } from "./watch-options.js";
import type { WatchedKind } from "./watch-source.js";

/** The executions to watch. */
export interface ExecutionWatchQuery extends ScopeInput, OwnedQuery {
  /**
   * Conditions that an execution must all meet.
   * @defaultValue every execution that is not archived
   */
  readonly where?: WhereInput<"execution"> | undefined;
}

/** The top-level nodes to watch. */
export interface NodeExecutionWatchQuery extends OwnedQuery {
  /** The execution whose nodes to watch. */
  readonly executionId: ExecutionIdInput;
  /**
   * Conditions that a node must all meet.
   * @defaultValue every node
   */
  readonly where?: WhereInput<"nodeExecution"> | undefined;
}

/** The attempts to watch. */
export interface TaskExecutionWatchQuery extends OwnedQuery {
  /** The node whose attempts to watch. */
  readonly nodeExecutionId: NodeExecutionIdInput;
  /**
   * Conditions that an attempt must all meet.
   * @defaultValue every attempt
   */
  readonly where?: WhereInput<"taskExecution"> | undefined;
}

const executionWatchNames: OptionNames<ExecutionWatchQuery> = {
  ...scopeNames,
  ...ownedQueryNames,
  where: true,
};

const nodeWatchNames: OptionNames<NodeExecutionWatchQuery> = {
  ...ownedQueryNames,
  executionId: true,
  where: true,
};

const taskWatchNames: OptionNames<TaskExecutionWatchQuery> = {
  ...ownedQueryNames,
  nodeExecutionId: true,
  where: true,
};

const executionKind: WatchedKind<"execution", Execution> = {
  latestFirst: { field: "rowUpdatedAt", direction: "descending" },
  everyRow: (f) => f.state.in(["EXECUTION_ACTIVE", "EXECUTION_ARCHIVED"]),
  only: (executions) => (f) => f.name.in(executions.map(({ id }) => id?.name ?? "")),
  isShown: ({ closure }) =>
    closure?.stateChangeDetails?.state !== ExecutionState.EXECUTION_ARCHIVED,
};

const nodeKind: WatchedKind<"nodeExecution", NodeExecution> = {
  latestFirst: { field: "rowUpdatedAt", direction: "descending" },
  only: (nodes) => (f) => f.nodeId.in(nodes.map(({ id }) => id?.nodeId ?? "")),
  isShown: () => true,
};

const attemptKind: WatchedKind<"taskExecution", TaskExecution> = {
  latestFirst: { field: "rowUpdatedAt", direction: "descending" },
  only: (attempts) => (f) => f.retryAttempt.in(attempts.map(({ id }) => id?.retryAttempt ?? 0)),
  isShown: () => true,
};

/**
 * Watches the executions of a project and domain: each that comes, changes, or leaves the filter. `watchExecution`
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
 *   `maxRows` rows, and what `listExecutions` throws when the failure does not pass
 */
export function watchExecutions(
  connection: Connection,
  query: ExecutionWatchQuery = {},
  options: WatchOptions<Execution> = {},
): ListWatch<Execution> {
  requireQuery(query, executionWatchNames, "an object such as { where }", watchOptionNames);
  const scope = { id: requireScope(query, requireDefaults(connection)) };
  const groups = connection.share(createExecutionGroups);
  const rows = { scope, query, kind: executionKind };
  return createWatch(connection, groups, listExecutionsRpc, rows, options);
}

/**
 * Watches the top-level nodes of an execution, as {@link watchExecutions} watches executions.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; the rest
 *   as {@link watchExecutions}
 */
export function watchNodeExecutions(
  connection: Connection,
  query: NodeExecutionWatchQuery,
  options: WatchOptions<NodeExecution> = {},
): ListWatch<NodeExecution> {
  requireQuery(query, nodeWatchNames, "an object with executionId", watchOptionNames);
  const workflowExecutionId = requireExecutionId(
    query.executionId,
    requireDefaults(connection),
    "executionId",
  );
  const groups = connection.share(createNodeGroups);
  const rows = { scope: { workflowExecutionId }, query, kind: nodeKind };
  return createWatch(connection, groups, listNodeExecutionsRpc, rows, options);
}

/**
 * Watches the attempts of a node, as {@link watchExecutions} watches executions. Error messages come
 * whole.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call; the rest
 *   as {@link watchExecutions}
 */
export function watchTaskExecutions(
  connection: Connection,
  query: TaskExecutionWatchQuery,
  options: WatchOptions<TaskExecution> = {},
): ListWatch<TaskExecution> {
  requireQuery(query, taskWatchNames, "an object with nodeExecutionId", watchOptionNames);
  const nodeExecutionId = requireNodeExecutionId(
    query.nodeExecutionId,
    requireDefaults(connection),
    "nodeExecutionId",
  );
  const groups = connection.share(createAttemptGroups);
  const rows = { scope: { nodeExecutionId }, query, kind: attemptKind };
  return createWatch(connection, groups, listTaskExecutionsRpc, rows, options);
}

function createExecutionGroups(): WatchGroups<Execution> {
  return new Map();
}

function createNodeGroups(): WatchGroups<NodeExecution> {
  return new Map();
}

function createAttemptGroups(): WatchGroups<TaskExecution> {
  return new Map();
}
