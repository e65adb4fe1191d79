import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import {
  type NodeExecutionEventRequest,
  type NodeExecutionEventResponse,
  NodeExecutionEventResponseSchema,
} from "../../../../../gen/flyteidl/admin/event_pb.js";
import {
  NodeExecutionClosureSchema,
  NodeExecutionMetaDataSchema,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import { NodeExecution_PhaseSchema } from "../../../../../gen/flyteidl/core/execution_pb.js";
import {
  NodeExecutionIdentifierSchema,
  type WorkflowExecutionIdentifier,
  WorkflowExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  type NodeExecutionEvent,
  NodeExecutionEventSchema,
} from "../../../../../gen/flyteidl/event/event_pb.js";
import {
  type ExecutionRow,
  type FlyteState,
  microsOf,
  type NodeExecutionRow,
} from "../../../store/index.js";
import { adminError, alreadyTerminal, textOf } from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { checkCluster } from "../checks/index.js";
import {
  findNode,
  isTerminalNodePhase,
  knownPhaseName,
  nodePhaseName,
  requireAttempt,
  requireExecution,
  requireNode,
} from "../rows/index.js";
import { storeDynamicWorkflow } from "./dynamic-workflow.js";
import { firstNodeChange, nextNodeChange, nextNodeMetadata } from "./node-change.js";
import { nodeInputUri } from "./node-data.js";

/**
 * Records an event of a node. The first one makes the node execution, later
 * ones change it. The event is not checked: without a node id it addresses any
 * node execution of the workflow execution, and its output has no size limit.
 * @throws ALREADY_EXISTS when the phase is recorded
 * @throws FAILED_PRECONDITION when the node is over; the detail has the phase of the event
 */
export function createNodeEvent(
  state: FlyteState,
  request: NodeExecutionEventRequest,
): NodeExecutionEventResponse {
  const event = request.event ?? create(NodeExecutionEventSchema);
  const execution = executionOf(state, event.id?.executionId);
  checkCluster(execution.cluster, event.producerId);
  const dynamicWorkflowUri = storeDynamicWorkflow(state, event);
  const row = findNode(state, event.id);
  if (row === undefined) insertNode(state, execution, event, dynamicWorkflowUri);
  else updateNode(state, row, event, dynamicWorkflowUri);
  return create(NodeExecutionEventResponseSchema);
}

function executionOf(state: FlyteState, id: WorkflowExecutionIdentifier | undefined): ExecutionRow {
  try {
    return requireExecution(state, id);
  } catch (error) {
    const text = messageText(WorkflowExecutionIdentifierSchema, id);
    throw adminError(
      error instanceof ConnectError ? error.code : Code.Internal,
      `Failed to get existing execution id: [${text}] with err: ${textOf(error)}`,
    );
  }
}

function insertNode(
  state: FlyteState,
  execution: ExecutionRow,
  event: NodeExecutionEvent,
  dynamicWorkflowUri: string,
): void {
  const parentTask = parentTaskOf(state, event);
  const parent = parentOf(state, event);
  const inputUri = nodeInputUri(state, "", event);
  const change = firstNodeChange(state, event);
  const metadata = create(NodeExecutionMetaDataSchema, {
    retryGroup: event.retryGroup,
    specNodeId: event.specNodeId,
    isParentNode: event.isParent,
    isDynamic: event.isDynamic,
    isArray: event.isArray,
  });
  const now = state.tick();
  addNode(execution, {
    id: ++state.counters.nodeExecutions,
    createdAt: now,
    updatedAt: now,
    execution,
    nodeId: event.id?.nodeId ?? "",
    phase: nodePhaseName(event.phase),
    inputUri,
    closure: toBinary(NodeExecutionClosureSchema, change.closure),
    startedAt: change.startedAt,
    nodeExecutionCreatedAt: microsOf(change.occurredAt),
    nodeExecutionUpdatedAt: microsOf(change.reportedAt),
    duration: change.duration,
    metadata: toBinary(NodeExecutionMetaDataSchema, metadata),
    parent,
    parentTask,
    errorKind: change.errorKind,
    errorCode: change.errorCode,
    cacheStatus: change.cacheStatus,
    dynamicWorkflowUri,
    eventVersion: event.eventVersion,
    children: undefined,
    attempts: undefined,
    attemptByKey: undefined,
  });
}

function parentTaskOf(state: FlyteState, event: NodeExecutionEvent) {
  const id = event.parentTaskMetadata?.id;
  return id === undefined ? null : requireAttempt(state, id);
}

function parentOf(state: FlyteState, event: NodeExecutionEvent): NodeExecutionRow | null {
  if (event.parentNodeMetadata === undefined) return null;
  const id = create(NodeExecutionIdentifierSchema, { nodeId: event.parentNodeMetadata.nodeId });
  if (event.id?.executionId !== undefined) id.executionId = event.id.executionId;
  return requireNode(state, id);
}

function addNode(execution: ExecutionRow, row: NodeExecutionRow): void {
  execution.nodes.set(row.nodeId, row);
  if (row.parent !== null) (row.parent.children ??= []).push(row);
  if (row.parentTask !== null) (row.parentTask.children ??= []).push(row);
  if (row.parent === null && row.parentTask === null) execution.topNodes.push(row);
}

function updateNode(
  state: FlyteState,
  row: NodeExecutionRow,
  event: NodeExecutionEvent,
  dynamicWorkflowUri: string,
): void {
  checkPhaseChange(row, event);
  if (event.targetMetadata.case === "workflowNodeMetadata") {
    requireExecution(state, event.targetMetadata.value.executionId);
  }
  const inputUri = nodeInputUri(state, row.inputUri, event);
  const change = nextNodeChange(state, row, event);
  row.inputUri = inputUri;
  row.phase = nodePhaseName(event.phase);
  row.startedAt = change.startedAt;
  row.duration = change.duration;
  row.nodeExecutionUpdatedAt = microsOf(change.reportedAt);
  row.errorKind = change.errorKind;
  row.errorCode = change.errorCode;
  row.cacheStatus = change.cacheStatus;
  if (dynamicWorkflowUri !== "") row.dynamicWorkflowUri = dynamicWorkflowUri;
  const bytes = toBinary(NodeExecutionClosureSchema, change.closure);
  row.closure = bytes;
  row.metadata = nextNodeMetadata(row.metadata, event);
  row.updatedAt = state.tick();
}

function checkPhaseChange(row: NodeExecutionRow, event: NodeExecutionEvent): void {
  const phase = nodePhaseName(event.phase);
  // A phase that the server does not know is stored by its number and read back as UNDEFINED.
  const recorded = knownPhaseName(NodeExecution_PhaseSchema, row.phase);
  if (recorded === phase) {
    const text = messageText(NodeExecutionIdentifierSchema, event.id);
    throw adminError(Code.AlreadyExists, `This phase was already recorded ${phase} for ${text}`);
  }
  if (isTerminalNodePhase(row.phase)) {
    throw alreadyTerminal(
      `Invalid phase change from ${row.phase} to ${phase} for node execution ${row.id}`,
      phase,
    );
  }
}
