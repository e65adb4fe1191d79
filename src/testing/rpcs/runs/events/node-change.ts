import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";

import {
  type NodeExecutionClosure,
  NodeExecutionClosureSchema,
  NodeExecutionMetaDataSchema,
  TaskNodeMetadataSchema,
  WorkflowNodeMetadataSchema,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import { CatalogCacheStatusSchema } from "../../../../../gen/flyteidl/core/catalog_pb.js";
import {
  ExecutionError_ErrorKindSchema,
  NodeExecution_Phase,
} from "../../../../../gen/flyteidl/core/execution_pb.js";
import type { NodeExecutionEvent } from "../../../../../gen/flyteidl/event/event_pb.js";
import {
  durationOf,
  type FlyteState,
  type Micros,
  microsOf,
  nanosOf,
  type NodeExecutionRow,
} from "../../../store/index.js";
import { checkTime, reportedTime } from "../checks/index.js";
import { enumName, isTerminalNodePhase, nodePhaseName } from "../rows/index.js";
import { setNodeOutput } from "./node-data.js";

/** The change of a node execution by an event, before any of it is stored. */
export interface NodeChange {
  readonly closure: NodeExecutionClosure;
  readonly startedAt: Micros | null;
  /** Nanoseconds. */
  readonly duration: bigint;
  readonly occurredAt: Timestamp;
  readonly reportedAt: Timestamp;
  readonly errorKind: string | null;
  readonly errorCode: string | null;
  readonly cacheStatus: string | null;
}

/** The fields of a row that an event may change. */
type Changing = Pick<
  NodeExecutionRow,
  "startedAt" | "duration" | "errorKind" | "errorCode" | "cacheStatus"
>;

const fresh: Changing = {
  startedAt: null,
  duration: 0n,
  errorKind: null,
  errorCode: null,
  cacheStatus: null,
};

/** The node execution that a first event makes. */
export function firstNodeChange(state: FlyteState, event: NodeExecutionEvent): NodeChange {
  const closure = create(NodeExecutionClosureSchema, { phase: event.phase });
  if (event.occurredAt !== undefined) closure.createdAt = event.occurredAt;
  return changeNode(state, fresh, closure, event, "failed to read event timestamp");
}

/** The node execution after a later event; `created_at` stays that of the first. */
export function nextNodeChange(
  state: FlyteState,
  row: NodeExecutionRow,
  event: NodeExecutionEvent,
): NodeChange {
  const closure = fromBinary(NodeExecutionClosureSchema, row.closure);
  closure.phase = event.phase;
  const change = changeNode(state, row, closure, event, "failed to parse updated at timestamp");
  setWorkflowMetadata(closure, event);
  setDynamicJobSpec(closure, event);
  return change;
}

/** A node's metadata after an event, serialized. Its flags are only ever set. */
export function nextNodeMetadata(bytes: Uint8Array, event: NodeExecutionEvent): Uint8Array {
  if (!event.isParent && !event.isDynamic && !event.isArray) return bytes;
  const metadata = fromBinary(NodeExecutionMetaDataSchema, bytes);
  metadata.isParentNode ||= event.isParent;
  metadata.isDynamic ||= event.isDynamic;
  metadata.isArray ||= event.isArray;
  return toBinary(NodeExecutionMetaDataSchema, metadata);
}

function changeNode(
  state: FlyteState,
  before: Changing,
  closure: NodeExecutionClosure,
  event: NodeExecutionEvent,
  failure: string,
): NodeChange {
  let { startedAt, duration, errorKind, errorCode } = before;
  if (event.phase === NodeExecution_Phase.RUNNING) {
    const started = checkTime(
      event.occurredAt,
      (problem) => `failed to unmarshal occurredAt with error: ${problem}`,
    );
    startedAt = microsOf(started);
    closure.startedAt = started;
    closure.deckUri = event.deckUri;
  }
  if (isTerminalNodePhase(nodePhaseName(event.phase))) {
    if (closure.startedAt !== undefined && startedAt !== null) {
      duration = nanosOf(endTime(event)) - BigInt(startedAt) * 1000n;
      closure.duration = durationOf(duration);
    }
    setNodeOutput(state, closure, event);
    closure.deckUri = event.deckUri;
    if (event.outputResult.case === "error") {
      errorKind = enumName(ExecutionError_ErrorKindSchema, event.outputResult.value.kind);
      errorCode = event.outputResult.value.code;
    }
  }
  const cacheStatus = setTaskMetadata(closure, event) ?? before.cacheStatus;
  const occurredAt = checkTime(event.occurredAt, () => failure);
  const reportedAt = checkTime(reportedTime(event), () => failure);
  closure.updatedAt = reportedAt;
  return {
    closure,
    startedAt,
    duration,
    occurredAt,
    reportedAt,
    errorKind,
    errorCode,
    cacheStatus,
  };
}

function endTime(event: NodeExecutionEvent): Timestamp {
  return checkTime(
    event.occurredAt,
    (problem) => `Failed to parse node execution occurred at timestamp: ${problem}`,
  );
}

/** Sets what a task's node reports of the cache, which replaces what stood there, and returns the cache's status. */
function setTaskMetadata(
  closure: NodeExecutionClosure,
  event: NodeExecutionEvent,
): string | undefined {
  if (event.targetMetadata.case !== "taskNodeMetadata") return undefined;
  const { checkpointUri, catalogKey, cacheStatus } = event.targetMetadata.value;
  const value = create(TaskNodeMetadataSchema, { checkpointUri });
  closure.targetMetadata = { case: "taskNodeMetadata", value };
  if (catalogKey === undefined) return undefined;
  value.cacheStatus = cacheStatus;
  value.catalogKey = catalogKey;
  return enumName(CatalogCacheStatusSchema, cacheStatus);
}

function setWorkflowMetadata(closure: NodeExecutionClosure, event: NodeExecutionEvent): void {
  if (event.targetMetadata.case !== "workflowNodeMetadata") return;
  if (closure.targetMetadata.case === "workflowNodeMetadata") return;
  const { executionId } = event.targetMetadata.value;
  const value = create(
    WorkflowNodeMetadataSchema,
    executionId === undefined ? {} : { executionId },
  );
  closure.targetMetadata = { case: "workflowNodeMetadata", value };
}

function setDynamicJobSpec(closure: NodeExecutionClosure, event: NodeExecutionEvent): void {
  if (event.targetMetadata.case !== "taskNodeMetadata") return;
  const uri = event.targetMetadata.value.dynamicWorkflow?.dynamicJobSpecUri ?? "";
  if (uri !== "") closure.dynamicJobSpecUri = uri;
}
