import { create } from "@bufbuild/protobuf";

import {
  type ExecutionClosure,
  type WorkflowExecutionGetMetricsRequest,
  type WorkflowExecutionGetMetricsResponse,
  WorkflowExecutionGetMetricsResponseSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import type { Span } from "../../../../../gen/flyteidl/core/metrics_pb.js";
import type { ExecutionRow, FlyteState } from "../../../store/index.js";
import { checkExecutionId } from "../checks/index.js";
import { executionMessage } from "../executions/index.js";
import { executionIdOf, requireExecution } from "../rows/index.js";
import { compiledWorkflow } from "./compiled-workflow.js";
import { nodesSpans } from "./node-spans.js";
import { isBefore, isSet, operationSpan, runSpan } from "./spans.js";
import { latestUpstream, timedNodes } from "./timed-nodes.js";

/** Answers with what an execution's time went into, as deep as asked; a negative depth has no end. */
export function getExecutionMetrics(
  state: FlyteState,
  request: WorkflowExecutionGetMetricsRequest,
): WorkflowExecutionGetMetricsResponse {
  const row = requireExecution(state, checkExecutionId(request.id));
  return create(WorkflowExecutionGetMetricsResponseSchema, {
    span: executionSpan(state, row, request.depth),
  });
}

function executionSpan(state: FlyteState, row: ExecutionRow, depth: number): Span {
  const { closure } = executionMessage(row);
  const parts = depth === 0 ? [] : executionParts(state, row, closure, depth);
  return runSpan({ case: "workflowId", value: executionIdOf(row) }, closure, parts);
}

function executionParts(
  state: FlyteState,
  row: ExecutionRow,
  closure: ExecutionClosure | undefined,
  depth: number,
): readonly Span[] {
  const workflow = compiledWorkflow(state, row.workflow);
  const nodes = timedNodes(row.topNodes);
  const started = nodes.get("start-node")?.closure?.updatedAt;
  if (!isSet(started)) {
    return [operationSpan("WORKFLOW_SETUP", closure?.createdAt, closure?.updatedAt)];
  }
  const walk = {
    state,
    executionSpan: (launched: ExecutionRow, left: number) => executionSpan(state, launched, left),
  };
  const spans = [
    operationSpan("WORKFLOW_SETUP", closure?.createdAt, started),
    ...nodesSpans(walk, nodes, workflow, depth - 1),
  ];
  const last = latestUpstream("end-node", workflow, nodes);
  if (last === undefined || isBefore(closure?.updatedAt, last.closure?.updatedAt)) return spans;
  return [
    ...spans,
    operationSpan("WORKFLOW_TEARDOWN", last.closure?.updatedAt, closure?.updatedAt),
  ];
}
