import type { CallOptions } from "@connectrpc/connect";

import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import { requireCount } from "../../lists/paging/walk-settings.js";
import { lazily } from "../../internal/lazily.js";
import { type RowList, rowList } from "../../lists/paging/row-list.js";
import type { treeAttempts } from "./tree-attempts.js";
import { checkTreeOptions, type TreeOptions, type TreeRequest } from "./walk-tree.js";

/** How the attempts of an execution are listed. Every call takes Connect's options besides. */
export interface ExecutionAttemptsOptions
  extends CallOptions, Pick<TreeOptions, "childExecutions" | "concurrency"> {
  /** The most attempts. */
  readonly limit?: number | undefined;
}

/**
 * Lists the attempts of all nodes of an execution.
 *
 * @param load - gives what walks
 * @throws InvalidOptionError for an option out of range
 */
export function listAttempts(
  request: TreeRequest,
  load: () => Promise<{ readonly treeAttempts: typeof treeAttempts }>,
  options: ExecutionAttemptsOptions = {},
): RowList<TaskExecution> {
  const { limit: most = Infinity } = options;
  if (most !== Infinity) requireCount("limit", most, Number.MAX_SAFE_INTEGER);
  checkTreeOptions(request, options);
  return rowList((limit) =>
    lazily(async () => (await load()).treeAttempts(request, options, Math.min(limit, most))),
  );
}
