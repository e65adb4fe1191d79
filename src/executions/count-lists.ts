import { type Connection, requireDefaults } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import { checkCallOptions, type OptionNames } from "../internal/validation/index.js";
import type { WhereInput } from "../lists/filters/index.js";
import {
  listExecutionsRpc,
  listNodeExecutionsRpc,
  listTaskExecutionsRpc,
  requireQuery,
} from "../lists/index.js";
import {
  type ExecutionIdInput,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireScope,
  type ScopeInput,
  scopeNames,
} from "../values/identifiers/index.js";
import {
  type ExecutionPhaseName,
  executionPhases,
  type NodeExecutionPhaseName,
  nodeExecutionPhases,
  type TaskExecutionPhaseName,
  taskExecutionPhases,
} from "../values/index.js";
import { countRows, type PhaseCounts } from "./count-rows.js";

/** The executions to count. */
export interface ExecutionCountQuery extends ScopeInput {
  /**
   * Conditions that an execution must all meet.
   * @defaultValue every execution that is not archived
   */
  readonly where?: WhereInput<"execution"> | undefined;
}

/** The top-level nodes to count. */
export interface NodeExecutionCountQuery {
  /** The execution whose nodes to count. */
  readonly executionId: ExecutionIdInput;
  /**
   * Conditions that a node must all meet.
   * @defaultValue every node
   */
  readonly where?: WhereInput<"nodeExecution"> | undefined;
}

/** The attempts to count. */
export interface TaskExecutionCountQuery {
  /** The node whose attempts to count. */
  readonly nodeExecutionId: NodeExecutionIdInput;
  /**
   * Conditions that an attempt must all meet.
   * @defaultValue every attempt
   */
  readonly where?: WhereInput<"taskExecution"> | undefined;
}

const executionCountNames: OptionNames<ExecutionCountQuery> = { ...scopeNames, where: true };
const nodeCountNames: OptionNames<NodeExecutionCountQuery> = { executionId: true, where: true };
const taskCountNames: OptionNames<TaskExecutionCountQuery> = { nodeExecutionId: true, where: true };

/**
 * Counts the executions of a project and domain by phase.
 *
 * FlyteAdmin has no count. Each phase takes one call where it has fewer than 100 executions, and
 * otherwise some more for one row each: about 8 for 1000 and 15 for 100,000. `calls` of the result
 * is what it took. An execution whose phase changes meanwhile may be counted twice, or not at all.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export async function countExecutionsByPhase(
  connection: Connection,
  query: ExecutionCountQuery = {},
  options?: CallOptions,
): Promise<PhaseCounts<ExecutionPhaseName>> {
  requireQuery(query, executionCountNames);
  checkCallOptions(options);
  const rows = {
    scope: { id: requireScope(query, requireDefaults(connection)) },
    where: query.where,
    phases: executionPhases,
    hasPhase:
      (phase: ExecutionPhaseName): WhereInput<"execution"> =>
      (f) =>
        f.phase.eq(phase),
  };
  return countRows(connection, listExecutionsRpc, rows, options);
}

/**
 * Counts the top-level nodes of an execution by phase, as {@link countExecutionsByPhase} counts
 * executions. `countTreeByPhase` counts those inside other nodes too.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export async function countNodeExecutionsByPhase(
  connection: Connection,
  query: NodeExecutionCountQuery,
  options?: CallOptions,
): Promise<PhaseCounts<NodeExecutionPhaseName>> {
  requireQuery(query, nodeCountNames, "an object with executionId");
  checkCallOptions(options);
  const id = requireExecutionId(query.executionId, requireDefaults(connection), "executionId");
  const rows = {
    scope: { workflowExecutionId: id },
    where: query.where,
    phases: nodeExecutionPhases,
    hasPhase:
      (phase: NodeExecutionPhaseName): WhereInput<"nodeExecution"> =>
      (f) =>
        f.phase.eq(phase),
  };
  return countRows(connection, listNodeExecutionsRpc, rows, options);
}

/**
 * Counts the attempts of a node by phase, as {@link countExecutionsByPhase} counts executions.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export async function countTaskExecutionsByPhase(
  connection: Connection,
  query: TaskExecutionCountQuery,
  options?: CallOptions,
): Promise<PhaseCounts<TaskExecutionPhaseName>> {
  requireQuery(query, taskCountNames, "an object with nodeExecutionId");
  checkCallOptions(options);
  const { defaults } = connection;
  const id = requireNodeExecutionId(query.nodeExecutionId, defaults, "nodeExecutionId");
  const rows = {
    scope: { nodeExecutionId: id },
    where: query.where,
    phases: taskExecutionPhases,
    hasPhase:
      (phase: TaskExecutionPhaseName): WhereInput<"taskExecution"> =>
      (f) =>
        f.phase.eq(phase),
  };
  return countRows(connection, listTaskExecutionsRpc, rows, options);
}
