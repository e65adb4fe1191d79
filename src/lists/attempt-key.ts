import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { Identifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { rowKey } from "./row-key.js";

/**
 * Makes what tells the attempts of a node from each other. Nearly all of them are of one task, and
 * need no more than their number: a text for each would be a cost of long lists.
 */
export function attemptKeys(): (attempt: TaskExecution) => string | number {
  let usual: Identifier | undefined;
  return ({ id }) => {
    const task = id?.taskId;
    usual ??= task;
    if (id !== undefined && isSame(task, usual)) return id.retryAttempt;
    return rowKey(task?.project, task?.domain, task?.name, task?.version, id?.retryAttempt);
  };
}

function isSame(one: Identifier | undefined, other: Identifier | undefined): boolean {
  return (
    one?.version === other?.version &&
    one?.name === other?.name &&
    one?.domain === other?.domain &&
    one?.project === other?.project
  );
}
