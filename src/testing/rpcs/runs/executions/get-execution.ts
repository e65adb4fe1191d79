import { create } from "@bufbuild/protobuf";

import type { ResourceListRequest } from "../../../../../gen/flyteidl/admin/common_pb.js";
import {
  type Execution,
  type ExecutionList,
  ExecutionListSchema,
  type WorkflowExecutionGetRequest,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import { type Condition, executionEntity, listRows, requireLimit } from "../../../lists/index.js";
import { type ExecutionRow, type FlyteState, joinKey } from "../../../store/index.js";
import { missing } from "../../../server-errors.js";
import { requireField } from "../../registry/checks/index.js";
import { checkExecutionId } from "../checks/index.js";
import { requireExecution } from "../rows/index.js";
import { executionMessage, listedExecutionMessage } from "./execution-message.js";

/** Answers with one execution. */
export function getExecution(state: FlyteState, request: WorkflowExecutionGetRequest): Execution {
  return executionMessage(requireExecution(state, checkExecutionId(request.id)));
}

/**
 * Lists the executions of a project and domain. Archived ones are hidden unless
 * some condition is on a column named `state`, of whatever entity.
 */
export function listExecutions(state: FlyteState, request: ResourceListRequest): ExecutionList {
  const { id } = request;
  if (id === undefined) throw missing("id");
  requireField(id.project, "project");
  requireField(id.domain, "domain");
  requireLimit(request.limit);
  const page = listRows(state, executionsOf(state, id), request, {
    entity: executionEntity,
    rpc: "ListExecutions",
    addConditions: hideArchived,
  });
  return create(ExecutionListSchema, {
    executions: page.rows.map(listedExecutionMessage),
    token: page.token,
  });
}

function executionsOf(
  state: FlyteState,
  id: { readonly project: string; readonly domain: string; readonly name: string },
): readonly ExecutionRow[] {
  if (id.name === "") return state.executions.group(joinKey(id.project, id.domain));
  const row = state.executions.get(joinKey(id.project, id.domain, id.name));
  return row === undefined ? [] : [row];
}

function hideArchived(conditions: readonly Condition[]): readonly Condition[] {
  if (conditions.some(({ column }) => column === "state")) return conditions;
  const active: Condition = {
    target: executionEntity.code,
    column: "state",
    kind: "integer",
    fn: "eq",
    values: ["0"],
  };
  return [...conditions, active];
}
