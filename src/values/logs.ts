import type { JsonObject } from "@bufbuild/protobuf";
import type { Duration } from "@bufbuild/protobuf/wkt";
import type { TaskExecutionClosure } from "../../gen/flyteidl/admin/task_execution_pb.js";
import { CatalogCacheStatus } from "../../gen/flyteidl/core/catalog_pb.js";
import {
  TaskExecution_Phase,
  type TaskLog,
  TaskLog_MessageFormat,
} from "../../gen/flyteidl/core/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { ExternalResourceInfo } from "../../gen/flyteidl/event/event_pb.js";
import { nameOf } from "../internal/index.js";
import { phaseOf, type TaskExecutionLike, type TaskExecutionPhaseName } from "./phases.js";

/**
 * The log links of an attempt, each with the phases in which it is worth showing.
 *
 * The server drops links as the attempt continues, also for good, and returns them in no stable
 * order: a link of an earlier read may be gone. The logs of a map task's sub-tasks are not among
 * them but with {@link subAttemptsOf}.
 */
export function logsOf(attempt: TaskExecutionLike): readonly LogLink[] {
  const phase = phaseOf(attempt);
  return (closureOf(attempt)?.logs ?? []).map((log) => logLink(log, phase));
}

/** A link to the log of an attempt of a task, in a log viewer that may want a log-in of its own. */
export interface LogLink {
  /** The name of the link; sub-tasks of a map task have their index in it. */
  readonly name: string;
  /** The address as it was recorded. It is not checked: a page should link only http and https. */
  readonly uri: string;
  /** The format of the logs. */
  readonly format: keyof typeof TaskLog_MessageFormat;
  /** The time for which the link is expected to work; `undefined` where it is not known. */
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
function logLink(log: TaskLog, phase: TaskExecutionPhaseName): LogLink {
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

/** An attempt of a sub-task of a map task, or of another thing outside that an attempt runs. */
export interface SubAttempt {
  /** The index of the sub-task, from 0. */
  readonly index: number;
  /** The attempt of that sub-task, from 0. */
  readonly retryAttempt: number;
  /** Its id where it runs, such as a pod's name. */
  readonly externalId: string;
  /** The phase of the sub-attempt. */
  readonly phase: TaskExecutionPhaseName;
  /** The status of the cache. After a hit there may be no logs. */
  readonly cacheStatus: keyof typeof CatalogCacheStatus | "UNKNOWN";
  /** The log links, valid ones first. */
  readonly logs: readonly LogLink[];
  /** The plugin's own facts about it. */
  readonly customInfo: JsonObject | undefined;
  /** The execution that it started, where it started one. */
  readonly executionId: WorkflowExecutionIdentifier | undefined;
}

/**
 * The sub-attempts of an attempt, by index and then by attempt: for a map task, every attempt of
 * each of its sub-tasks. They are not task executions: the map task is one, whose
 * `retryAttempt` is always 0.
 */
export function subAttemptsOf(attempt: TaskExecutionLike): readonly SubAttempt[] {
  const resources = closureOf(attempt)?.metadata?.externalResources ?? [];
  return resources
    .map(subAttempt)
    .sort((a, b) => a.index - b.index || a.retryAttempt - b.retryAttempt);
}

/** The latest attempt of each sub-task, by index. */
export function latestSubAttempts(attempts: readonly SubAttempt[]): readonly SubAttempt[] {
  const latest = new Map<number, SubAttempt>();
  for (const attempt of attempts) {
    const known = latest.get(attempt.index);
    if (known === undefined || known.retryAttempt <= attempt.retryAttempt) {
      latest.set(attempt.index, attempt);
    }
  }
  return [...latest.values()].sort((a, b) => a.index - b.index);
}

function subAttempt(resource: ExternalResourceInfo): SubAttempt {
  const { index, retryAttempt, externalId, customInfo, targetMetadata } = resource;
  const phase = nameOf(TaskExecution_Phase, resource.phase, "UNDEFINED");
  return {
    index,
    retryAttempt,
    externalId,
    phase,
    cacheStatus: nameOf(CatalogCacheStatus, resource.cacheStatus, "UNKNOWN"),
    logs: resource.logs.map((log) => logLink(log, phase)),
    customInfo,
    executionId: targetMetadata.value?.executionId,
  };
}

/** The closure of an attempt, or of one that is a closure itself. */
function closureOf(attempt: TaskExecutionLike): TaskExecutionClosure | undefined {
  return attempt.$typeName === "flyteidl.admin.TaskExecution" ? attempt.closure : attempt;
}
