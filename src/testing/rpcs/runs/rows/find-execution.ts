import { create } from "@bufbuild/protobuf";

import {
  type WorkflowExecutionIdentifier,
  WorkflowExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import { type BaseRow, type ExecutionRow, type FlyteState, joinKey } from "../../../store/index.js";
import { missingEntity } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";

/** The parts of an identifier that a look-up of an execution needs; a missing one is like an empty one. */
export interface ExecutionKey {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
}

/**
 * The row of an execution. Empty parts of the identifier are no condition, as
 * in the server's database layer, so that such a look-up answers with any row
 * that fits the other parts: here, the first in the table.
 */
export function findExecution(
  state: FlyteState,
  id: ExecutionKey | undefined,
): ExecutionRow | undefined {
  if (id !== undefined && id.project !== "" && id.domain !== "" && id.name !== "") {
    return state.executions.get(joinKey(id.project, id.domain, id.name));
  }
  return firstInTable(fittingExecutions(state, id));
}

/** The executions that fit the parts of an identifier that are not empty. */
export function fittingExecutions(
  state: FlyteState,
  id: ExecutionKey | undefined,
): readonly ExecutionRow[] {
  return state.executions.rows.filter(
    (row) =>
      fits(id?.project, row.project) && fits(id?.domain, row.domain) && fits(id?.name, row.name),
  );
}

/**
 * The row that the database finds first without an order: the one that was written longest ago,
 * since PostgreSQL puts each new version of a row behind the others.
 */
export function firstInTable<R extends BaseRow>(rows: Iterable<R>): R | undefined {
  let first: R | undefined;
  for (const row of rows) if (first === undefined || row.updatedAt < first.updatedAt) first = row;
  return first;
}

/** The row of an execution; throws NOT_FOUND when there is none. */
export function requireExecution(state: FlyteState, id: ExecutionKey | undefined): ExecutionRow {
  const row = findExecution(state, id);
  if (row === undefined) throw missingEntity("execution", executionIdText(id));
  return row;
}

/** The identifier of an execution. */
export function executionIdOf(row: ExecutionKey): WorkflowExecutionIdentifier {
  return create(WorkflowExecutionIdentifierSchema, {
    project: row.project,
    domain: row.domain,
    name: row.name,
  });
}

/** An execution's identifier as errors print it, without the parts that no look-up uses. */
function executionIdText(id: ExecutionKey | undefined): string {
  return messageText(
    WorkflowExecutionIdentifierSchema,
    executionIdOf(id ?? { project: "", domain: "", name: "" }),
  );
}

/** Whether a column fits a wanted value, where an empty one is no condition. */
function fits(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === "" || wanted === value;
}
