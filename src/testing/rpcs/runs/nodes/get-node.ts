import { create } from "@bufbuild/protobuf";

import {
  type NodeExecution,
  type NodeExecutionForTaskListRequest,
  type NodeExecutionGetRequest,
  type NodeExecutionList,
  type NodeExecutionListRequest,
  NodeExecutionListSchema,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import {
  NodeExecutionIdentifierSchema,
  type WorkflowExecutionIdentifier,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  type ListRequest,
  listRows,
  nodeExecutionEntity,
  requireLimit,
} from "../../../lists/index.js";
import type { FlyteState, NodeExecutionRow } from "../../../store/index.js";
import { checkAttemptId, checkListedExecutionId } from "../checks/index.js";
import { withTaskType } from "../attempts/index.js";
import { findExecution, requireAttempt, requireNode } from "../rows/index.js";
import { listedNodeMessage, nodeMessage } from "./node-message.js";

/** Answers with one node execution. Its identifier is not checked: empty parts fit anything. */
export function getNodeExecution(
  state: FlyteState,
  request: NodeExecutionGetRequest,
): NodeExecution {
  return nodeMessage(requireNode(state, request.id));
}

/** Lists the nodes of an execution that have no parent, or the children of one node. */
export function listNodeExecutions(
  state: FlyteState,
  request: NodeExecutionListRequest,
): NodeExecutionList {
  const executionId = checkListedExecutionId(request.workflowExecutionId);
  requireLimit(request.limit);
  return listNodes(state, nodesOf(state, executionId, request.uniqueParentId), request);
}

/** Lists the nodes that an attempt launched, as old senders reported them. */
export function listNodeExecutionsForTask(
  state: FlyteState,
  request: NodeExecutionForTaskListRequest,
): NodeExecutionList {
  const id = checkAttemptId(withTaskType(request.taskExecutionId));
  requireLimit(request.limit);
  return listNodes(state, requireAttempt(state, id).children ?? [], request);
}

function nodesOf(
  state: FlyteState,
  executionId: WorkflowExecutionIdentifier,
  parentId: string,
): readonly NodeExecutionRow[] {
  if (parentId === "") return findExecution(state, executionId)?.topNodes ?? [];
  const id = create(NodeExecutionIdentifierSchema, { nodeId: parentId, executionId });
  return requireNode(state, id).children ?? [];
}

function listNodes(
  state: FlyteState,
  rows: readonly NodeExecutionRow[],
  request: ListRequest,
): NodeExecutionList {
  const page = listRows(state, rows, request, {
    entity: nodeExecutionEntity,
    rpc: "ListNodeExecutions",
  });
  return create(NodeExecutionListSchema, {
    nodeExecutions: page.rows.map(listedNodeMessage),
    token: page.token,
  });
}
