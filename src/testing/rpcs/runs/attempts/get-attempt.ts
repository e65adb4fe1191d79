import { create, fromBinary } from "@bufbuild/protobuf";

import {
  type TaskExecution,
  TaskExecutionClosureSchema,
  type TaskExecutionGetRequest,
  type TaskExecutionList,
  type TaskExecutionListRequest,
  TaskExecutionListSchema,
  TaskExecutionSchema,
} from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import { listRows, requireLimit, taskExecutionEntity } from "../../../lists/index.js";
import type { FlyteState, TaskExecutionRow } from "../../../store/index.js";
import { checkAttemptId, checkNodeId } from "../checks/index.js";
import { attemptIdOf, findNode, requireAttempt } from "../rows/index.js";
import { withTaskType } from "./task-type.js";

/** Answers with one attempt. */
export function getTaskExecution(
  state: FlyteState,
  request: TaskExecutionGetRequest,
): TaskExecution {
  const id = checkAttemptId(withTaskType(request.id));
  return attemptMessage(requireAttempt(state, id));
}

/** Lists the attempts of a node, with their whole error messages. */
export function listTaskExecutions(
  state: FlyteState,
  request: TaskExecutionListRequest,
): TaskExecutionList {
  const id = checkNodeId(request.nodeExecutionId);
  requireLimit(request.limit);
  const page = listRows(state, findNode(state, id)?.attempts ?? [], request, {
    entity: taskExecutionEntity,
    rpc: "ListTaskExecutions",
  });
  return create(TaskExecutionListSchema, {
    taskExecutions: page.rows.map(attemptMessage),
    token: page.token,
  });
}

function attemptMessage(row: TaskExecutionRow): TaskExecution {
  return create(TaskExecutionSchema, {
    id: attemptIdOf(row),
    inputUri: row.inputUri,
    closure: fromBinary(TaskExecutionClosureSchema, row.closure),
    isParent: (row.children?.length ?? 0) > 0,
  });
}
