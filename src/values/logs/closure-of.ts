import type { TaskExecutionClosure } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { TaskExecutionLike } from "../outcomes/index.js";

/** The closure of an attempt, or of one that is a closure itself. */
export function closureOf(attempt: TaskExecutionLike): TaskExecutionClosure | undefined {
  return attempt.$typeName === "flyteidl.admin.TaskExecution" ? attempt.closure : attempt;
}
