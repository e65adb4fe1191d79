import { create, fromBinary } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import {
  type TaskExecutionClosure,
  TaskExecutionClosureSchema,
} from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import { TaskExecution_Phase } from "../../../../../gen/flyteidl/core/execution_pb.js";
import type { TaskExecutionEvent } from "../../../../../gen/flyteidl/event/event_pb.js";
import {
  durationOf,
  type FlyteState,
  type Micros,
  microsOf,
  nanosOf,
  type TaskExecutionRow,
  timestampOf,
} from "../../../store/index.js";
import { checkTime, reportedTime } from "../checks/index.js";
import { isTerminalAttemptPhase } from "../rows/index.js";
import { type AttemptEvent, setAttemptOutput } from "./attempt-data.js";
import { mergeCustomInfo } from "./merge-custom-info.js";
import { filterLogs, mergeLogs } from "./merge-logs.js";
import { filterResourceLogs, mergeMetadata, sortResources } from "./merge-metadata.js";
import { addReasons } from "./reasons.js";

/** The change of an attempt by an event, before any of it is stored. */
export interface AttemptChange {
  readonly closure: TaskExecutionClosure;
  readonly startedAt: Micros | null;
  /** Nanoseconds. */
  readonly duration: bigint;
  readonly occurredAt: Timestamp;
  readonly reportedAt: Timestamp;
}

/** The attempt that a first event makes. Its logs are taken as they are. */
export function firstAttemptChange(state: FlyteState, attempt: AttemptEvent): AttemptChange {
  const { event } = attempt;
  const times = eventTimes(event, "failed to read event timestamp");
  const closure = create(TaskExecutionClosureSchema, {
    phase: event.phase,
    updatedAt: times.reportedAt,
    createdAt: times.occurredAt,
    logs: event.logs,
    taskType: event.taskType,
    eventVersion: event.eventVersion,
  });
  if (event.customInfo !== undefined) closure.customInfo = event.customInfo;
  if (event.metadata !== undefined) {
    sortResources(event.metadata.externalResources);
    closure.metadata = event.metadata;
  }
  addReasons(closure, event);
  const isRunning = event.phase === TaskExecution_Phase.RUNNING;
  if (isRunning) closure.startedAt = times.occurredAt;
  setAttemptOutput(state, closure, attempt);
  return {
    closure,
    startedAt: isRunning ? microsOf(times.occurredAt) : null,
    duration: 0n,
    ...times,
  };
}

/** The attempt after a later event. `created_at` and the task's type stay those of the first. */
export function nextAttemptChange(
  state: FlyteState,
  row: TaskExecutionRow,
  attempt: AttemptEvent,
): AttemptChange {
  const { event } = attempt;
  const times = eventTimes(event, "failed to parse updated at timestamp");
  const closure = fromBinary(TaskExecutionClosureSchema, row.closure);
  closure.phase = event.phase;
  closure.updatedAt = times.reportedAt;
  closure.logs = filterLogs(mergeLogs(closure.logs, event.logs), event.phase);
  closure.eventVersion = Math.max(closure.eventVersion, event.eventVersion);
  addReasons(closure, event);
  const run = setRunTimes(closure, row, event.phase, times.occurredAt);
  setAttemptOutput(state, closure, attempt);
  const customInfo = mergeCustomInfo(closure.customInfo, event.customInfo);
  if (customInfo !== undefined) closure.customInfo = customInfo;
  const metadata = mergeMetadata(closure.metadata, event.metadata);
  if (metadata !== undefined) closure.metadata = metadata;
  filterResourceLogs(metadata, event.phase);
  return { closure, ...run, ...times };
}

/** Start and duration: the start is the first RUNNING event's, as the database keeps it. */
function setRunTimes(
  closure: TaskExecutionClosure,
  row: TaskExecutionRow,
  phase: TaskExecution_Phase,
  occurredAt: Timestamp,
): Pick<AttemptChange, "startedAt" | "duration"> {
  if (phase === TaskExecution_Phase.RUNNING && row.startedAt === null) {
    closure.startedAt = occurredAt;
    return { startedAt: microsOf(occurredAt), duration: row.duration };
  }
  if (!isTerminalAttemptPhase(phase) || row.startedAt === null) {
    return { startedAt: row.startedAt, duration: row.duration };
  }
  const duration = nanosOf(occurredAt) - BigInt(row.startedAt) * 1000n;
  closure.startedAt = timestampOf(row.startedAt);
  closure.duration = durationOf(duration);
  return { startedAt: row.startedAt, duration };
}

function eventTimes(
  event: TaskExecutionEvent,
  failure: string,
): Pick<AttemptChange, "occurredAt" | "reportedAt"> {
  const occurredAt = checkTime(event.occurredAt, () => failure);
  return { occurredAt, reportedAt: checkTime(reportedTime(event), () => failure) };
}
