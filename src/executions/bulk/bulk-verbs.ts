import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { type Connection, requireDefaults } from "../../calls/index.js";
import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import {
  callOptionsOf,
  type OptionNames,
  requireKnownOptions,
} from "../../internal/validation/index.js";
import { archiveExecution, getExecution, requireCause, terminateExecution } from "../executions.js";
import { recoverExecution, relaunchExecution, type RelaunchInput } from "../launch/index.js";
import { actOnAll, type BulkOptions, type BulkResult } from "./act-on-all.js";

/** Executions to do something to: their ids, or a list of them. */
export type ExecutionsInput = Iterable<ExecutionIdInput> | AsyncIterable<ExecutionIdInput>;

/** Options of relaunching many executions; each gets a name of the server's. */
export type RelaunchAllInput = Omit<RelaunchInput, "name">;

const relaunchAllNames: OptionNames<RelaunchAllInput> = { overwriteCache: true };

/**
 * Gets many executions, and returns a result for each, in the order of the ids. An execution that is
 * not found, or cannot be read, does not stop the others.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any is read
 */
export async function getExecutions(
  connection: Connection,
  executions: ExecutionsInput,
  options?: BulkOptions<WorkflowExecutionIdentifier, Execution>,
): Promise<BulkResult<WorkflowExecutionIdentifier, Execution>[]> {
  return actOnAll(
    executions,
    (each) => requireExecutionId(each, requireDefaults(connection)),
    (id, signal) => getExecution(connection, id, callOptionsOf({ ...options, signal })),
    options,
  );
}

/**
 * Asks for many executions to be aborted, and returns a result for each. They are given by
 * their ids, or as a list, which is read to its end first.
 *
 * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
 *   any is aborted
 */
export async function terminateExecutions(
  connection: Connection,
  executions: ExecutionsInput,
  reason: { readonly cause: string },
  options?: BulkOptions<WorkflowExecutionIdentifier>,
): Promise<BulkResult<WorkflowExecutionIdentifier>[]> {
  requireCause(reason);
  return actOnAll(
    executions,
    (each) => requireExecutionId(each, requireDefaults(connection)),
    (id, signal) =>
      terminateExecution(connection, id, reason, callOptionsOf({ ...options, signal })),
    options,
  );
}

/**
 * Archives many executions, and returns a result for each. They are given by their ids, or
 * as a list, which is read to its end first.
 *
 * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
 *   any is archived
 */
export async function archiveExecutions(
  connection: Connection,
  executions: ExecutionsInput,
  options?: BulkOptions<WorkflowExecutionIdentifier>,
): Promise<BulkResult<WorkflowExecutionIdentifier>[]> {
  return actOnAll(
    executions,
    (each) => requireExecutionId(each, requireDefaults(connection)),
    (id, signal) => archiveExecution(connection, id, callOptionsOf({ ...options, signal })),
    options,
  );
}

/**
 * Recovers many executions, and returns for each the id of the new one, or why there is none. They
 * are given by their ids, or as a list, which is read to its end first.
 *
 * @throws InvalidIdentifierError or InvalidOptionError, or what reading the list throws, before
 *   any is recovered
 */
export async function recoverExecutions(
  connection: Connection,
  executions: ExecutionsInput,
  options?: BulkOptions<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>,
): Promise<BulkResult<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>[]> {
  return actOnAll(
    executions,
    (each) => requireExecutionId(each, requireDefaults(connection)),
    (id, signal) => recoverExecution(connection, id, {}, callOptionsOf({ ...options, signal })),
    options,
  );
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
export async function relaunchExecutions(
  connection: Connection,
  executions: ExecutionsInput,
  request: RelaunchAllInput = {},
  options?: BulkOptions<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>,
): Promise<BulkResult<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>[]> {
  const { overwriteCache = false } = requireKnownOptions(
    request,
    relaunchAllNames,
    "request",
    "an object such as { overwriteCache: true }",
  );
  return actOnAll(
    executions,
    (each) => requireExecutionId(each, requireDefaults(connection)),
    (id, signal) =>
      relaunchExecution(connection, id, { overwriteCache }, callOptionsOf({ ...options, signal })),
    options,
  );
}
