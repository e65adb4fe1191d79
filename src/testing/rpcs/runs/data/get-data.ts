import { create, fromBinary } from "@bufbuild/protobuf";

import {
  type ExecutionClosure,
  type WorkflowExecutionGetDataRequest,
  type WorkflowExecutionGetDataResponse,
  WorkflowExecutionGetDataResponseSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import {
  DynamicWorkflowNodeMetadataSchema,
  type NodeExecutionClosure,
  NodeExecutionClosureSchema,
  type NodeExecutionGetDataRequest,
  type NodeExecutionGetDataResponse,
  NodeExecutionGetDataResponseSchema,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import {
  type TaskExecutionClosure,
  TaskExecutionClosureSchema,
  type TaskExecutionGetDataRequest,
  type TaskExecutionGetDataResponse,
  TaskExecutionGetDataResponseSchema,
} from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import type { FlyteState, NodeExecutionRow } from "../../../store/index.js";
import type { RpcContext } from "../../rpc-types.js";
import { withTaskType } from "../attempts/index.js";
import { checkAttemptId } from "../checks/index.js";
import { executionMessage } from "../executions/index.js";
import { readDynamicWorkflow } from "../nodes/index.js";
import { requireAttempt, requireExecution, requireNode } from "../rows/index.js";
import { attemptFlyteUrls, nodeFlyteUrls } from "./flyte-urls.js";
import { literalData, outputData, type OutputPlace } from "./literal-data.js";

/** Answers with the inputs and outputs of an execution. Its identifier is not checked: empty parts fit anything. */
export function getExecutionData(
  state: FlyteState,
  request: WorkflowExecutionGetDataRequest,
  context: RpcContext,
): WorkflowExecutionGetDataResponse {
  const row = requireExecution(state, request.id);
  const inputs = literalData(state, context, row.inputsUri);
  const outputs = outputData(state, context, executionOutput(executionMessage(row).closure));
  return create(WorkflowExecutionGetDataResponseSchema, {
    inputs: inputs.url,
    outputs: outputs.url,
    fullInputs: inputs.literals,
    fullOutputs: outputs.literals,
  });
}

/** Answers with the inputs and outputs of a node, and the workflow that it made if it is a dynamic one. */
export function getNodeExecutionData(
  state: FlyteState,
  request: NodeExecutionGetDataRequest,
  context: RpcContext,
): NodeExecutionGetDataResponse {
  const row = requireNode(state, request.id);
  const closure = fromBinary(NodeExecutionClosureSchema, row.closure);
  const inputs = literalData(state, context, row.inputUri);
  const outputs = outputData(state, context, closureOutput(closure));
  const response = create(NodeExecutionGetDataResponseSchema, {
    inputs: inputs.url,
    outputs: outputs.url,
    fullInputs: inputs.literals,
    fullOutputs: outputs.literals,
    flyteUrls: nodeFlyteUrls(request.id, closure.deckUri !== ""),
  });
  if (row.dynamicWorkflowUri !== "")
    response.dynamicWorkflow = dynamicWorkflow(state, row, closure);
  return response;
}

/** Answers with the inputs and outputs of an attempt. */
export function getTaskExecutionData(
  state: FlyteState,
  request: TaskExecutionGetDataRequest,
  context: RpcContext,
): TaskExecutionGetDataResponse {
  const id = checkAttemptId(withTaskType(request.id));
  const row = requireAttempt(state, id);
  const closure = fromBinary(TaskExecutionClosureSchema, row.closure);
  const inputs = literalData(state, context, row.inputUri);
  const outputs = outputData(state, context, closureOutput(closure));
  return create(TaskExecutionGetDataResponseSchema, {
    inputs: inputs.url,
    outputs: outputs.url,
    fullInputs: inputs.literals,
    fullOutputs: outputs.literals,
    flyteUrls: attemptFlyteUrls(id),
  });
}

function dynamicWorkflow(state: FlyteState, row: NodeExecutionRow, closure: NodeExecutionClosure) {
  const compiledWorkflow = readDynamicWorkflow(state, row);
  const message = create(DynamicWorkflowNodeMetadataSchema, {
    compiledWorkflow,
    dynamicJobSpecUri: closure.dynamicJobSpecUri,
  });
  const id = compiledWorkflow.primary?.template?.id;
  if (id !== undefined) message.id = id;
  return message;
}

function executionOutput(closure: ExecutionClosure | undefined): OutputPlace {
  const result = closure?.outputResult;
  if (result?.case === "outputData") return { uri: "", inline: result.value };
  if (result?.case !== "outputs") return { uri: "" };
  const { data } = result.value;
  return data.case === "values" ? { uri: "", inline: data.value } : { uri: data.value ?? "" };
}

function closureOutput({ outputResult }: NodeExecutionClosure | TaskExecutionClosure): OutputPlace {
  if (outputResult.case === "outputData") return { uri: "", inline: outputResult.value };
  return { uri: outputResult.case === "outputUri" ? outputResult.value : "" };
}
