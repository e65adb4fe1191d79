import type { CallOptions } from "@connectrpc/connect";

import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { requireCount } from "../../paging/walk-settings.js";
import { type RowList, rowList } from "../row-list.js";
import { type TreeOptions, type TreeRequest, walkTree } from "./walk-tree.js";

/** How the attempts of an execution are listed. Every call takes Connect's options besides. */
export interface ExecutionAttemptsOptions
  extends CallOptions, Pick<TreeOptions, "childExecutions" | "concurrency"> {
  /** The most attempts. */
  readonly limit?: number | undefined;
}

/**
 * Lists the attempts of all nodes of an execution.
 *
 * @throws InvalidOptionError for an option out of range
 */
export function listAttempts(
  request: TreeRequest,
  options: ExecutionAttemptsOptions = {},
): RowList<TaskExecution> {
  const { limit: most = Infinity } = options;
  if (most !== Infinity) requireCount("limit", most, Number.MAX_SAFE_INTEGER);
  const walk = walkTree(request, options);
  return rowList((limit) => attempts(walk, Math.min(limit, most)));
}

async function* attempts(
  walk: ReturnType<typeof walkTree>,
  limit: number,
): AsyncGenerator<TaskExecution, undefined> {
  let left = limit;
  for await (const entry of walk) {
    if (entry.kind !== "attempt") continue;
    yield entry.attempt;
    left -= 1;
    if (left === 0) return;
  }
}
