import { phaseOf, type TaskExecutionLike } from "../outcomes/index.js";
import { closureOf } from "./closure-of.js";
import { type LogLink, logLink } from "./log-link.js";

/**
 * The log links of an attempt, each with the phases in which it is worth showing.
 *
 * The server drops links as the attempt goes on, also for good, and gives them in no order that
 * lasts: what an earlier read gave may be gone. The logs of a map task's sub-tasks are not among
 * them but with {@link subAttemptsOf}.
 */
export function logsOf(attempt: TaskExecutionLike): readonly LogLink[] {
  const phase = phaseOf(attempt);
  return (closureOf(attempt)?.logs ?? []).map((log) => logLink(log, phase));
}
