import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { type Connection, requireDefaults } from "../../calls/index.js";
import type { CallOptions } from "../../internal/index.js";
import {
  callOptionNames,
  type OptionNames,
  requireOptions,
} from "../../internal/validation/index.js";
import {
  taskExecutionFilters,
  toFilterString,
  type WhereInput,
} from "../../lists/filters/index.js";
import { createRowList, requireCount, type RowList } from "../../lists/paging/index.js";
import { requireQuery } from "../../lists/index.js";
import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import { checkTreeOptions, treeEntries, type TreeOptions, type TreeRequest } from "./walk-tree.js";

/** Options of listing the attempts of an execution; Connect's hold for each call. */
export interface ExecutionAttemptsOptions
  extends CallOptions, Pick<TreeOptions, "childExecutions" | "concurrency"> {
  /** The most attempts. */
  readonly limit?: number | undefined;
}

/** The attempts of an execution to list. */
export interface ExecutionAttemptsQuery {
  /** The execution whose attempts to list. */
  readonly executionId: ExecutionIdInput;
  /**
   * Conditions that all must hold.
   * @defaultValue every attempt
   */
  readonly where?: WhereInput<"taskExecution"> | undefined;
}

const attemptsQueryNames: OptionNames<ExecutionAttemptsQuery> = { executionId: true, where: true };

const attemptsOptionNames: OptionNames<ExecutionAttemptsOptions> = {
  ...callOptionNames,
  childExecutions: true,
  concurrency: true,
  limit: true,
};

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
export function listTaskExecutionsForExecution(
  connection: Connection,
  query: ExecutionAttemptsQuery,
  options: ExecutionAttemptsOptions = {},
): RowList<TaskExecution> {
  requireQuery(query, attemptsQueryNames, "an object with executionId");
  const id = requireExecutionId(query.executionId, requireDefaults(connection), "executionId");
  const attemptFilter = toFilterString(taskExecutionFilters, query.where);
  const { limit = Infinity } = requireOptions(options, attemptsOptionNames, {
    argument: "the query, the argument before the options",
    names: attemptsQueryNames,
  });
  if (limit !== Infinity) requireCount("limit", limit, Number.MAX_SAFE_INTEGER);
  checkTreeOptions(id, options);
  const request = { connection, id, attemptFilter };
  return createRowList({ limit, batches: (most) => treeAttempts(request, options, most) });
}

async function* treeAttempts(
  request: TreeRequest,
  options: TreeOptions,
  limit: number,
): AsyncGenerator<readonly TaskExecution[], undefined> {
  let left = limit;
  for await (const entry of treeEntries(request, options)) {
    if (entry.kind !== "attempt") continue;
    yield [entry.attempt];
    left -= 1;
    if (left === 0) return;
  }
}
