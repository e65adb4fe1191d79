import type { MessageInitShape } from "@bufbuild/protobuf";

import {
  type DynamicNodeWorkflowResponse,
  type NodeExecution,
  type NodeExecutionGetDataResponse,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { NodeExecution_Phase } from "../../gen/flyteidl/core/execution_pb.js";
import { NodeExecutionEventSchema } from "../../gen/flyteidl/event/event_pb.js";
import { callUnary, type Connection, requireDefaults } from "../calls/index.js";
import {
  createNodeEventMethod,
  getDynamicNodeWorkflowMethod,
  getNodeExecutionDataMethod,
  getNodeExecutionMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import type { OptionNames } from "../internal/validation/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listNodeExecutionsForTaskRpc,
  listNodeExecutionsRpc,
  listRows,
  type OwnedQuery,
  ownedQueryNames,
  requireQuery,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type ExecutionIdInput,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireTaskExecutionId,
  type TaskExecutionIdInput,
} from "../values/identifiers/index.js";
import type { NodeExecutionPhaseName } from "../values/index.js";
import { checkEvent, createEvent, type EventTimeInput } from "./events.js";

/** The top-level nodes to list. */
export interface NodeExecutionQuery extends EntityQuery<"nodeExecution">, OwnedQuery {
  /** The execution whose nodes to list. */
  readonly executionId: ExecutionIdInput;
}

/** The children of a node to list. */
export interface ChildNodeExecutionQuery extends EntityQuery<"nodeExecution"> {
  /** The parent: a sub-workflow, a branch, a dynamic or an array node. */
  readonly parentId: NodeExecutionIdInput;
}

/** The nodes of an attempt to list. */
export interface TaskNodeExecutionQuery extends EntityQuery<"nodeExecution"> {
  /** The attempt that made the nodes. */
  readonly taskExecutionId: TaskExecutionIdInput;
}

const nodeQueryNames: OptionNames<NodeExecutionQuery> = {
  ...entityQueryNames,
  ...ownedQueryNames,
  executionId: true,
};

const childNodeQueryNames: OptionNames<ChildNodeExecutionQuery> = {
  ...entityQueryNames,
  parentId: true,
};

const taskNodeQueryNames: OptionNames<TaskNodeExecutionQuery> = {
  ...entityQueryNames,
  taskExecutionId: true,
};

/** An event of a node. */
export interface NodeExecutionEventInput extends Omit<
  MessageInitShape<typeof NodeExecutionEventSchema>,
  "$typeName" | "$unknown" | "id" | "occurredAt" | "phase"
> {
  /** The node execution. */
  readonly id: NodeExecutionIdInput;
  /** The time of the event. */
  readonly occurredAt: EventTimeInput;
  /** The phase that the node has entered, by name or number. */
  readonly phase?: NodeExecutionPhaseName | NodeExecution_Phase | undefined;
}

/**
 * Lists the top-level nodes of an execution, the system node `start-node` included.
 *
 * FlyteAdmin has no flat list: the nodes inside a parent come from `listChildNodeExecutions`.
 * Error messages are cut to 100 bytes; `getNodeExecution` returns them whole. An execution that
 * does not exist has an empty list on the server, not an error: ask with `mustExist`.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
 *   with `mustExist`, NotFoundError when the execution does not exist
 */
export function listNodeExecutions(
  connection: Connection,
  query: NodeExecutionQuery,
  options?: ListOptions,
): PagedList<NodeExecution> {
  requireQuery(query, nodeQueryNames, "an object with executionId");
  const executionId = requireExecutionId(
    query.executionId,
    requireDefaults(connection),
    "executionId",
  );
  const scope = { workflowExecutionId: executionId };
  return listRows(connection, listNodeExecutionsRpc, { scope, query }, options);
}

/**
 * Lists the nodes directly inside a parent node, of all its attempts together:
 * `metadata.retryGroup` is the attempt.
 *
 * Error messages are cut to 100 bytes.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
 *   NotFoundError when the parent does not exist
 */
export function listChildNodeExecutions(
  connection: Connection,
  query: ChildNodeExecutionQuery,
  options?: ListOptions,
): PagedList<NodeExecution> {
  requireQuery(query, childNodeQueryNames, "an object with parentId");
  const parent = requireNodeExecutionId(query.parentId, requireDefaults(connection), "parentId");
  const scope = {
    uniqueParentId: parent.nodeId,
    ...(parent.executionId && { workflowExecutionId: parent.executionId }),
  };
  return listRows(connection, listNodeExecutionsRpc, { scope, query }, options);
}

/**
 * Lists the nodes that an attempt made; only engines of old versions record these.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call;
 *   NotFoundError when the attempt does not exist
 */
export function listNodeExecutionsForTask(
  connection: Connection,
  query: TaskNodeExecutionQuery,
  options?: ListOptions,
): PagedList<NodeExecution> {
  requireQuery(query, taskNodeQueryNames, "an object with taskExecutionId");
  const taskExecutionId = requireTaskExecutionId(
    query.taskExecutionId,
    requireDefaults(connection),
    "taskExecutionId",
  );
  const scope = { taskExecutionId };
  return listRows(connection, listNodeExecutionsForTaskRpc, { scope, query }, options);
}

/**
 * Gets one node execution.
 *
 * `metadata.isParentNode` of a branch node is false here and true in lists: walk
 * with what the lists say.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the node does not exist
 */
export async function getNodeExecution(
  connection: Connection,
  id: NodeExecutionIdInput,
  options?: CallOptions,
): Promise<NodeExecution> {
  const request = { id: requireNodeExecutionId(id, requireDefaults(connection)) };
  return callUnary(connection, getNodeExecutionMethod, request, options);
}

/**
 * Gets the inputs and outputs of a node as the server returns them, and the compiled
 * workflow of a dynamic node.
 *
 * An empty `fullOutputs` is ambiguous: it may mean no outputs, not finished,
 * failed, too large or unreadable. `readNodeExecutionOutputs` distinguishes these.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the node does not exist;
 *   FlyteError with code INTERNAL when the server signs URLs and an object is missing
 */
export async function getNodeExecutionData(
  connection: Connection,
  id: NodeExecutionIdInput,
  options?: CallOptions,
): Promise<NodeExecutionGetDataResponse> {
  const request = { id: requireNodeExecutionId(id, requireDefaults(connection)) };
  return callUnary(connection, getNodeExecutionDataMethod, request, options);
}

/**
 * Gets the workflow that a dynamic node compiled while it ran.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the node is not dynamic
 */
export async function getDynamicWorkflow(
  connection: Connection,
  id: NodeExecutionIdInput,
  options?: CallOptions,
): Promise<DynamicNodeWorkflowResponse> {
  const request = { id: requireNodeExecutionId(id, requireDefaults(connection)) };
  return callUnary(connection, getDynamicNodeWorkflowMethod, request, options);
}

/**
 * Records what happened to a node, as Flyte's engine does.
 *
 * The server writes an event without a node id to another node, so the id is
 * checked here.
 *
 * @throws InvalidIdentifierError when the event names no node; InvalidOptionError when it has
 *   no time, an unknown name or a wrong value; AlreadyExistsError when the phase is recorded already;
 *   FailedPreconditionError when the node has ended
 */
export async function createNodeExecutionEvent(
  connection: Connection,
  event: NodeExecutionEventInput,
  options?: CallOptions,
): Promise<void> {
  checkEvent(event);
  const id = requireNodeExecutionId(event.id, requireDefaults(connection), "event.id");
  const request = { event: createEvent(NodeExecutionEventSchema, event, { id }) };
  await callUnary(connection, createNodeEventMethod, request, options);
}
