import { CatalogCacheStatus } from "../../../../../gen/flyteidl/core/catalog_pb.js";
import type { TaskExecution_Phase } from "../../../../../gen/flyteidl/core/execution_pb.js";
import {
  type ExternalResourceInfo,
  type TaskExecutionMetadata,
  TaskExecutionMetadata_InstanceClass,
} from "../../../../../gen/flyteidl/event/event_pb.js";
import { filterLogs, mergeLogs } from "./merge-logs.js";

/** Orders sub-tasks: by index, then by attempt. */
export function sortResources(resources: ExternalResourceInfo[]): void {
  resources.sort(compareResources);
}

/**
 * Merges an event's metadata into an attempt's. An event without metadata
 * keeps all of it; one with metadata overwrites what it sets, and always the
 * resource pools.
 */
export function mergeMetadata(
  existing: TaskExecutionMetadata | undefined,
  latest: TaskExecutionMetadata | undefined,
): TaskExecutionMetadata | undefined {
  if (existing === undefined || latest === undefined) return latest ?? existing;
  if (latest.generatedName !== "") existing.generatedName = latest.generatedName;
  for (const resource of latest.externalResources) {
    mergeResource(existing.externalResources, resource);
  }
  existing.resourcePoolInfo = latest.resourcePoolInfo;
  if (latest.pluginIdentifier !== "") existing.pluginIdentifier = latest.pluginIdentifier;
  if (latest.instanceClass !== TaskExecutionMetadata_InstanceClass.DEFAULT) {
    existing.instanceClass = latest.instanceClass;
  }
  return existing;
}

/** Drops the sub-tasks' logs that do not stay in this phase of the attempt. */
export function filterResourceLogs(
  metadata: TaskExecutionMetadata | undefined,
  phase: TaskExecution_Phase,
): void {
  for (const resource of metadata?.externalResources ?? []) {
    resource.logs = filterLogs(resource.logs, phase);
  }
}

function mergeResource(resources: ExternalResourceInfo[], latest: ExternalResourceInfo): void {
  const position = lowerBound(resources, latest);
  const existing = resources[position];
  if (existing === undefined) resources.push(latest);
  else if (compareResources(existing, latest) > 0) resources.splice(position, 0, latest);
  else updateResource(existing, latest);
}

function updateResource(existing: ExternalResourceInfo, latest: ExternalResourceInfo): void {
  if (latest.externalId !== "") existing.externalId = latest.externalId;
  existing.phase = latest.phase;
  if (latest.cacheStatus !== CatalogCacheStatus.CACHE_DISABLED) {
    existing.cacheStatus = latest.cacheStatus;
  }
  existing.logs = mergeLogs(existing.logs, latest.logs);
  if (latest.customInfo !== undefined) existing.customInfo = latest.customInfo;
}

function compareResources(a: ExternalResourceInfo, b: ExternalResourceInfo): number {
  return a.index - b.index || a.retryAttempt - b.retryAttempt;
}

/** Returns the index of the first resource that does not come before this one; maps have thousands of sub-tasks. */
function lowerBound(
  resources: readonly ExternalResourceInfo[],
  wanted: ExternalResourceInfo,
): number {
  let low = 0;
  let high = resources.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = resources[middle];
    if (candidate !== undefined && compareResources(candidate, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
