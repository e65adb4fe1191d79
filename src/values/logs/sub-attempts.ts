import type { JsonObject } from "@bufbuild/protobuf";

import { CatalogCacheStatus } from "../../../gen/flyteidl/core/catalog_pb.js";
import { TaskExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import type { ExternalResourceInfo } from "../../../gen/flyteidl/event/event_pb.js";
import { nameOf } from "../enum-name.js";
import type { TaskExecutionLike, TaskExecutionPhaseName } from "../outcomes/index.js";
import { closureOf } from "./closure-of.js";
import { type LogLink, logLink } from "./log-link.js";

/** An attempt of a sub-task of a map task, or of another thing outside that an attempt runs. */
export interface SubAttempt {
  /** Which sub-task, from 0. */
  readonly index: number;
  /** Which attempt of that sub-task, from 0. */
  readonly retryAttempt: number;
  /** Its id where it runs, such as a pod's name. */
  readonly externalId: string;
  readonly phase: TaskExecutionPhaseName;
  /** What the cache did for it. After a hit there may be no logs. */
  readonly cacheStatus: keyof typeof CatalogCacheStatus | "UNKNOWN";
  readonly logs: readonly LogLink[];
  /** What the plugin says of it. */
  readonly customInfo: JsonObject | undefined;
  /** The execution that it started, where it started one. */
  readonly executionId: WorkflowExecutionIdentifier | undefined;
}

/**
 * The sub-attempts of an attempt, by index and then by attempt: for a map task, every attempt of
 * each of its sub-tasks. They are no task executions of their own: the map task is one, whose
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
