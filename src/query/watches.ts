import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import { type Connection, connectionOf, type FlyteClient } from "../calls/index.js";
import {
  type ExecutionUpdate,
  type ExecutionWatchQuery,
  type ListWatch,
  type NodeExecutionWatchQuery,
  type TaskExecutionWatchQuery,
  type UpdatesOptions,
  watchExecution,
  watchExecutions,
  watchNodeExecutions,
  type WatchOptions,
  watchTaskExecutions,
} from "../executions/index.js";
import {
  executionFilters,
  nodeExecutionFilters,
  taskExecutionFilters,
} from "../lists/filters/index.js";
import {
  type ExecutionIdInput,
  formatId,
  requireExecutionId,
  requireNodeExecutionId,
  requireScope,
} from "../values/identifiers/index.js";
import { keyQuery } from "./lists.js";
import {
  type FlyteQueryKey,
  type FlyteWatchQuery,
  makeKey,
  type WatchQueryContext,
} from "./query-types.js";

/** The rows of a watched list, and whether they are all. */
export interface WatchedRows<Row> {
  /** The rows in the order in which they were added. */
  readonly items: readonly Row[];
  /** The failure that the watch survives at the moment; undefined while polls succeed. */
  readonly error: unknown;
}

/** Options of a query that watches a list. */
export type WatchQueryOptions<Row> = Pick<WatchOptions<Row>, "maxRows" | "pageSize" | "resyncMs">;

/**
 * Returns the options of a query that watches the executions of a project and domain, as
 * `executions.watch` does. Its data changes while the query is observed.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function executionsWatchQuery(
  client: FlyteClient,
  query: ExecutionWatchQuery = {},
  options: WatchQueryOptions<Execution> = {},
): FlyteWatchQuery<WatchedRows<Execution>> {
  const connection = connectionOf(client);
  const { project, domain } = requireScope(query, connection.defaults);
  const about = { project, domain, ...keyQuery(executionFilters, query), ...options };
  const queryKey = makeKey(connection, "executions", "watch", about);
  return watchQuery(connection, queryKey, options, (watched) =>
    watchExecutions(connection, query, watched),
  );
}

/**
 * Returns the options of a query that watches the top-level nodes of an execution.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function nodeExecutionsWatchQuery(
  client: FlyteClient,
  query: NodeExecutionWatchQuery,
  options: WatchQueryOptions<NodeExecution> = {},
): FlyteWatchQuery<WatchedRows<NodeExecution>> {
  const connection = connectionOf(client);
  const id = requireExecutionId(query.executionId, connection.defaults, "executionId");
  const about = { id: formatId(id), ...keyQuery(nodeExecutionFilters, query), ...options };
  const queryKey = makeKey(connection, "nodeExecutions", "watch", about);
  return watchQuery(connection, queryKey, options, (watched) =>
    watchNodeExecutions(connection, query, watched),
  );
}

/**
 * Returns the options of a query that watches the attempts of a node.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError
 */
export function taskExecutionsWatchQuery(
  client: FlyteClient,
  query: TaskExecutionWatchQuery,
  options: WatchQueryOptions<TaskExecution> = {},
): FlyteWatchQuery<WatchedRows<TaskExecution>> {
  const connection = connectionOf(client);
  const id = requireNodeExecutionId(query.nodeExecutionId, connection.defaults, "nodeExecutionId");
  const about = { id: formatId(id), ...keyQuery(taskExecutionFilters, query), ...options };
  const queryKey = makeKey(connection, "taskExecutions", "watch", about);
  return watchQuery(connection, queryKey, options, (watched) =>
    watchTaskExecutions(connection, query, watched),
  );
}

/**
 * Returns the options of a query that follows one execution to its end, as `executions.updates`
 * does.
 *
 * @throws InvalidIdentifierError or InvalidOptionError
 */
export function executionUpdatesQuery(
  client: FlyteClient,
  id: ExecutionIdInput,
  options: Pick<UpdatesOptions, "tree"> = {},
): FlyteWatchQuery<ExecutionUpdate> {
  const connection = connectionOf(client);
  const known = requireExecutionId(id, connection.defaults);
  watchExecution(connection, known, options);
  const { tree = false } = options;
  return {
    queryKey: makeKey(connection, "executions", "updates", { id: formatId(known), tree }),
    queryFn: async ({ signal, client: cache, queryKey }) => {
      let last: ExecutionUpdate | undefined;
      for await (const update of watchExecution(connection, known, { ...options, signal })) {
        last = update;
        cache.setQueryData(queryKey, update);
      }
      if (last === undefined) throw new Error("a wait ended without an execution");
      return last;
    },
  };
}

function watchQuery<Row>(
  connection: Connection,
  queryKey: FlyteQueryKey,
  options: WatchQueryOptions<Row>,
  open: (options: WatchOptions<Row>) => ListWatch<Row>,
): FlyteWatchQuery<WatchedRows<Row>> {
  // An invalid query is found here and not when it runs.
  open(options);
  return {
    queryKey,
    queryFn: (context) => runWatch(connection, context, options, open),
  };
}

async function runWatch<Row>(
  { clock }: Connection,
  { signal, client, queryKey }: WatchQueryContext,
  options: WatchQueryOptions<Row>,
  open: (options: WatchOptions<Row>) => ListWatch<Row>,
): Promise<WatchedRows<Row>> {
  // Under the key is only what this function set.
  const known = client.getQueryData(queryKey) as WatchedRows<Row> | undefined;
  let isWhole = known !== undefined;
  let error: unknown;
  let stopTimer: (() => void) | undefined;
  const rows = (): WatchedRows<Row> => ({ items: watch.snapshot(), error });
  const flush = (): void => {
    stopTimer = undefined;
    client.setQueryData(queryKey, rows());
  };
  // One render for all events of a poll.
  const change = (): void => {
    if (isWhole) stopTimer ??= clock.after(0, flush);
  };
  const watch = open({
    ...options,
    signal,
    previous: known?.items,
    onError: (failure) => {
      error = failure;
      change();
    },
  });
  try {
    for await (const { kind } of watch) {
      if (kind === "synced") {
        isWhole = true;
        error = undefined;
      }
      change();
    }
    return rows();
  } finally {
    stopTimer?.();
  }
}
