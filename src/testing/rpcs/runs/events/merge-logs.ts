import {
  type TaskLog,
  TaskExecution_Phase,
} from "../../../../../gen/flyteidl/core/execution_pb.js";
import { isTerminalAttemptPhase } from "../rows/index.js";

/**
 * The logs after an event: its own, then the older ones that share neither an
 * address nor a name with them.
 */
export function mergeLogs(existing: readonly TaskLog[], latest: readonly TaskLog[]): TaskLog[] {
  if (latest.length === 0) return [...existing];
  const uris = new Set(latest.map((log) => log.uri));
  const names = new Set(latest.map((log) => log.name).filter((name) => name !== ""));
  return [...latest, ...existing.filter((log) => !uris.has(log.uri) && !names.has(log.name))];
}

/**
 * The logs that stay in this phase. One that hides when the attempt ends goes
 * then, and while the attempt waits only those meant to be seen stay. What goes
 * does not come back.
 */
export function filterLogs(logs: readonly TaskLog[], phase: TaskExecution_Phase): TaskLog[] {
  const isOver = isTerminalAttemptPhase(phase);
  const isPending =
    phase === TaskExecution_Phase.QUEUED || phase === TaskExecution_Phase.INITIALIZING;
  return logs.filter((log) => {
    if (isOver && log.HideOnceFinished) return false;
    return !isPending || log.ShowWhilePending;
  });
}
