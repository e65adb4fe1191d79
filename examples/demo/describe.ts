import { outcomeOf, phaseOf } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";

const outcomeWidth = 64;

/** The columns of a table of attempts. */
export const attemptHead: readonly string[] = ["node", "attempt", "phase", "duration", "outcome"];

/** An attempt as a row of a table. */
export function attemptRow(attempt: TaskExecution): string[] {
  return [
    attempt.id?.nodeExecutionId?.nodeId ?? "?",
    String(attempt.id?.retryAttempt ?? "?"),
    phaseOf(attempt),
    durationText(attempt),
    shorten(outcomeText(attempt)),
  ];
}

function durationText({ closure }: TaskExecution): string {
  if (closure?.duration === undefined) return "";
  const seconds = Number(closure.duration.seconds) + closure.duration.nanos / 1e9;
  return `${seconds.toFixed(1)} s`;
}

/** Returns the outcome of an attempt, in words. */
function outcomeText(attempt: TaskExecution): string {
  const outcome = outcomeOf(attempt);
  switch (outcome.kind) {
    case "outputUri":
      return outcome.uri;
    case "literals":
      return `${Object.keys(outcome.literals.literals).length} outputs inline`;
    case "error":
      return `${outcome.error.code}: ${outcome.error.message}`;
    case "notTerminal":
      return "still running";
    case "none":
      return "no result";
  }
}

function shorten(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > outcomeWidth ? `${line.slice(0, outcomeWidth - 1)}…` : line;
}

/** A count with its thousands set apart. */
export function countText(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** A size in bytes for people. */
export function sizeText(bytes: number): string {
  return bytes < 10_000 ? `${countText(bytes)} bytes` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}
