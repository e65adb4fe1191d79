import type { Duration } from "@bufbuild/protobuf/wkt";

import { type TaskLog, TaskLog_MessageFormat } from "../../../gen/flyteidl/core/execution_pb.js";
import { nameOf } from "../enum-name.js";
import type { TaskExecutionPhaseName } from "../outcomes/index.js";

/** A link to the log of an attempt of a task, in a log viewer that may want a log-in of its own. */
export interface LogLink {
  /** What the link is called; sub-tasks of a map task have their index in it. */
  readonly name: string;
  /** The address as it was recorded. It is not checked: a page should link only http and https. */
  readonly uri: string;
  readonly format: keyof typeof TaskLog_MessageFormat;
  /** How long the link is expected to work; `undefined` where it is not said. */
  readonly ttl: Duration | undefined;
  /** The phases of the attempt in which the link is worth showing. */
  readonly phases: readonly TaskExecutionPhaseName[];
  /** Whether the attempt was in one of these phases when it was read. */
  readonly isValid: boolean;
}

const pending = ["QUEUED", "INITIALIZING"] as const;
const finished = ["SUCCEEDED", "ABORTED", "FAILED"] as const;
const between = ["WAITING_FOR_RESOURCES", "RUNNING", "RETRYABLE_FAILED"] as const;

/** Reads a link, for an attempt in a phase. */
export function logLink(log: TaskLog, phase: TaskExecutionPhaseName): LogLink {
  const phases: readonly TaskExecutionPhaseName[] = [
    ...(log.ShowWhilePending ? pending : []),
    ...between,
    ...(log.HideOnceFinished ? [] : finished),
  ];
  return {
    name: log.name,
    uri: log.uri,
    format: nameOf(TaskLog_MessageFormat, log.messageFormat, "UNKNOWN"),
    ttl: log.ttl,
    phases,
    isValid: phases.includes(phase),
  };
}
