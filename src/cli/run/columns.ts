import type { Duration, Timestamp } from "@bufbuild/protobuf/wkt";

import type { Execution } from "../../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type { Identifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { durationMs, isTerminal, outcomeOf, phaseOf, timestampMs } from "../../values/index.js";
import { formatDurationMs } from "../duration.js";
import type { TableColumn } from "../output/index.js";

type Stateful = Execution | NodeExecution | TaskExecution;

/** Writes a time as tables show it: in UTC, to the second. */
export function formatTime(timestamp: Timestamp | undefined): string {
  const ms = timestampMs(timestamp);
  return ms === undefined ? "" : new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

interface Times {
  readonly startedAt?: Timestamp | undefined;
  readonly duration?: Duration | undefined;
}

/** Returns the time that something ran, or has run until now: the server's duration is zero before the end. */
function runtimeMs(row: Stateful, now: () => Date): number | undefined {
  const { startedAt, duration }: Times = row.closure ?? {};
  if (isTerminal(row)) return durationMs(duration);
  const startedMs = timestampMs(startedAt);
  return startedMs === undefined ? undefined : Math.max(0, now().getTime() - startedMs);
}

/** The runtime in words; empty for what has not started. */
export function formatRuntime(row: Stateful, now: () => Date): string {
  const ms = runtimeMs(row, now);
  return ms === undefined ? "" : formatDurationMs(ms);
}

/** The error message of what failed, or the cause of what was aborted. */
export function problemOf(row: Stateful): string {
  const outcome = outcomeOf(row);
  if (outcome.kind === "error") return outcome.error.message;
  return outcome.kind === "aborted" ? outcome.cause : "";
}

/** Writes a task, a workflow or a launch plan as `name@version`. */
export function formatResource(id: Identifier | undefined): string {
  return id === undefined ? "" : `${id.name}@${id.version}`;
}

function phaseColumns<Row extends Stateful>(now: () => Date): readonly TableColumn<Row>[] {
  return [
    { header: "PHASE", value: (row) => phaseOf(row), isPhase: true },
    { header: "STARTED", value: (row) => formatTime(row.closure?.startedAt) },
    { header: "DURATION", value: (row) => formatRuntime(row, now) },
  ];
}

/** The columns of lists of executions. */
export function executionColumns(now: () => Date): readonly TableColumn<Execution>[] {
  return [
    { header: "NAME", value: ({ id }) => id?.name },
    ...phaseColumns<Execution>(now),
    {
      header: "LAUNCH PLAN",
      value: ({ spec }) => formatResource(spec?.launchPlan),
      mayBeCut: true,
    },
    { header: "ERROR", value: problemOf, mayBeCut: true },
  ];
}

/** The columns of lists of nodes. */
export function nodeColumns(now: () => Date): readonly TableColumn<NodeExecution>[] {
  return [
    { header: "NODE", value: ({ id }) => id?.nodeId },
    ...phaseColumns<NodeExecution>(now),
    { header: "ERROR", value: problemOf, mayBeCut: true },
  ];
}

/** The columns of lists of attempts. */
export function attemptColumns(now: () => Date): readonly TableColumn<TaskExecution>[] {
  return [
    { header: "NODE", value: ({ id }) => id?.nodeExecutionId?.nodeId },
    { header: "ATTEMPT", value: ({ id }) => String(id?.retryAttempt ?? "") },
    ...phaseColumns<TaskExecution>(now),
    { header: "TASK", value: ({ id }) => id?.taskId?.name, mayBeCut: true },
    { header: "ERROR", value: problemOf, mayBeCut: true },
  ];
}
