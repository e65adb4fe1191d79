import { isMessage } from "@bufbuild/protobuf";

import { type Execution, ExecutionSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../../calls/index.js";
import { type ExecutionIdInput, requireExecutionId } from "../../values/identifiers/index.js";
import { archiveExecution, requireCause, terminateExecution } from "../executions.js";
import { recoverExecution } from "../launch/index.js";
import { actOnAll, type BulkOptions, type BulkResult } from "./act-on-all.js";

/** Executions to do something to: their ids, or a list of them. */
export type ExecutionsInput =
  Iterable<ExecutionIdInput | Execution> | AsyncIterable<ExecutionIdInput | Execution>;

/**
 * Asks for many executions to be aborted, and tells of each what became of it. They are given by
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
    (each) => idOf(connection, each),
    (id, signal) => terminateExecution(connection, id, reason, { signal }),
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
export async function archiveExecutions(
  connection: Connection,
  executions: ExecutionsInput,
  options?: BulkOptions<WorkflowExecutionIdentifier>,
): Promise<BulkResult<WorkflowExecutionIdentifier>[]> {
  return actOnAll(
    executions,
    (each) => idOf(connection, each),
    (id, signal) => archiveExecution(connection, id, { signal }),
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
export async function recoverExecutions(
  connection: Connection,
  executions: ExecutionsInput,
  options?: BulkOptions<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>,
): Promise<BulkResult<WorkflowExecutionIdentifier, WorkflowExecutionIdentifier>[]> {
  return actOnAll(
    executions,
    (each) => idOf(connection, each),
    (id, signal) => recoverExecution(connection, id, {}, { signal }),
    options,
  );
}

function idOf(
  connection: Connection,
  execution: ExecutionIdInput | Execution,
): WorkflowExecutionIdentifier {
  const id = isMessage(execution, ExecutionSchema) ? execution.id : execution;
  return requireExecutionId(id, connection.defaults);
}
