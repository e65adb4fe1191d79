import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { TreeOptions, TreeRequest } from "./walk-tree.js";
import { treeEntries } from "./walk.js";

/** Gives the attempts of all nodes of an execution, at most so many. */
export async function* treeAttempts(
  request: TreeRequest,
  options: TreeOptions,
  limit: number,
): AsyncGenerator<TaskExecution, undefined> {
  let left = limit;
  for await (const entry of treeEntries(request, options)) {
    if (entry.kind !== "attempt") continue;
    yield entry.attempt;
    left -= 1;
    if (left === 0) return;
  }
}
