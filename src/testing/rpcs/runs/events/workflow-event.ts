import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  type WorkflowExecutionEventRequest,
  type WorkflowExecutionEventResponse,
  WorkflowExecutionEventResponseSchema,
} from "../../../../../gen/flyteidl/admin/event_pb.js";
import {
  type ExecutionClosure,
  ExecutionClosureSchema,
  LiteralMapBlobSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import {
  ExecutionError_ErrorKindSchema,
  WorkflowExecution_Phase,
  WorkflowExecution_PhaseSchema,
} from "../../../../../gen/flyteidl/core/execution_pb.js";
import {
  type WorkflowExecutionIdentifier,
  WorkflowExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import {
  type WorkflowExecutionEvent,
  WorkflowExecutionEventSchema,
} from "../../../../../gen/flyteidl/event/event_pb.js";
import {
  durationOf,
  type ExecutionRow,
  type FlyteState,
  microsOf,
  nanosOf,
} from "../../../store/index.js";
import {
  adminError,
  alreadyTerminal,
  incompatibleCluster,
  invalidArgument,
} from "../../../server-errors.js";
import { messageText } from "../../../go-format/index.js";
import { checkCluster, checkOutputSize, checkTime, isAnonymousProducer } from "../checks/index.js";
import {
  enumName,
  executionPhaseName,
  isTerminalExecutionPhase,
  knownPhaseName,
  offloadLiterals,
  requireExecution,
} from "../rows/index.js";
import { assignCluster } from "./assign-cluster.js";

/**
 * Records an event of a workflow execution.
 * @throws ALREADY_EXISTS when the phase is recorded; QUEUED may come again
 * @throws FAILED_PRECONDITION when the execution may not go to that phase; when it is over, the detail has its phase
 */
export function createWorkflowEvent(
  state: FlyteState,
  request: WorkflowExecutionEventRequest,
): WorkflowExecutionEventResponse {
  const { event } = request;
  if (event === undefined) throw invalidArgument("Workflow event handler was called without event");
  const { executionId } = event;
  if (executionId === undefined) {
    throw invalidArgument(
      "Workflow event handler request event doesn't have an execution id - " +
        messageText(WorkflowExecutionEventSchema, event),
    );
  }
  checkOutputSize(
    state,
    event.outputResult.case === "outputData" ? event.outputResult.value : undefined,
  );
  const row = requireExecution(state, executionId);
  checkPhaseChange(row, event, executionId);
  applyEvent(state, row, event, executionId);
  return create(WorkflowExecutionEventResponseSchema);
}

function checkPhaseChange(
  row: ExecutionRow,
  event: WorkflowExecutionEvent,
  id: WorkflowExecutionIdentifier,
): void {
  const phase = executionPhaseName(event.phase);
  const idText = messageText(WorkflowExecutionIdentifierSchema, id);
  const recorded = knownPhaseName(WorkflowExecution_PhaseSchema, row.phase);
  if (phase !== "QUEUED") {
    if (recorded === phase) {
      throw adminError(
        Code.AlreadyExists,
        `This phase ${phase} was already recorded for workflow execution ${idText}`,
      );
    }
    checkCluster(row.cluster, event.producerId);
  }
  if (isTerminalExecutionPhase(row.phase)) {
    throw alreadyTerminal(
      `Invalid phase change from ${row.phase} to ${phase} for workflow execution ${idText}`,
      row.phase,
    );
  }
  if (row.phase === "RUNNING" && phase === "QUEUED") {
    throw adminError(
      Code.FailedPrecondition,
      `Cannot go from ${row.phase} to ${phase} for workflow execution ${idText}`,
    );
  }
  if (row.phase === "ABORTING" && !isTerminalExecutionPhase(phase)) {
    throw adminError(
      Code.FailedPrecondition,
      `Invalid phase change from aborting to ${phase} for workflow execution ${idText}`,
    );
  }
}

function applyEvent(
  state: FlyteState,
  row: ExecutionRow,
  event: WorkflowExecutionEvent,
  id: WorkflowExecutionIdentifier,
): void {
  const occurredAt = checkTime(
    event.occurredAt,
    (problem) => `Failed to parse OccurredAt: ${problem}`,
  );
  const phase = executionPhaseName(event.phase);
  const closure = fromBinary(ExecutionClosureSchema, row.closure);
  closure.phase = event.phase;
  closure.updatedAt = occurredAt;
  let { startedAt, duration } = row;
  if (event.phase === WorkflowExecution_Phase.RUNNING) {
    startedAt = microsOf(occurredAt);
    closure.startedAt = occurredAt;
  } else if (isTerminalExecutionPhase(phase) && startedAt !== null) {
    duration = nanosOf(occurredAt) - BigInt(startedAt) * 1000n;
    closure.duration = durationOf(duration);
  }
  checkAssignment(row, event, id);
  setOutput(state, row, closure, event, id);
  if (!isAnonymousProducer(event.producerId)) assignCluster(state, row, event.producerId);
  row.phase = phase;
  row.startedAt = startedAt;
  row.duration = duration;
  row.executionUpdatedAt = microsOf(occurredAt);
  row.closure = toBinary(ExecutionClosureSchema, closure);
  row.updatedAt = state.tick();
}

/** An event that leaves the execution UNDEFINED or QUEUED moves it to its sender's cluster; others must come from there. */
function checkAssignment(
  row: ExecutionRow,
  event: WorkflowExecutionEvent,
  id: WorkflowExecutionIdentifier,
): void {
  const mayMove =
    event.phase === WorkflowExecution_Phase.UNDEFINED ||
    event.phase === WorkflowExecution_Phase.QUEUED;
  if (isAnonymousProducer(event.producerId) || mayMove || row.cluster === event.producerId) return;
  const text = messageText(WorkflowExecutionIdentifierSchema, id);
  throw incompatibleCluster(
    `Cannot accept events for running/terminated execution [${text}] from cluster [${event.producerId}],` +
      `expected events to originate from [${row.cluster}]`,
    row.cluster,
  );
}

function setOutput(
  state: FlyteState,
  row: ExecutionRow,
  closure: ExecutionClosure,
  event: WorkflowExecutionEvent,
  id: WorkflowExecutionIdentifier,
): void {
  const result = event.outputResult;
  switch (result.case) {
    case "error":
      closure.outputResult = result;
      row.errorKind = enumName(ExecutionError_ErrorKindSchema, result.value.kind);
      row.errorCode = result.value.code;
      break;
    case "outputUri":
      if (result.value !== "") setOutputUri(closure, result.value);
      break;
    case "outputData": {
      const path = [id.project, id.domain, id.name, "offloaded_outputs"];
      setOutputUri(closure, offloadLiterals(state, result.value, path));
      break;
    }
    case undefined:
  }
}

function setOutputUri(closure: ExecutionClosure, uri: string): void {
  const value = create(LiteralMapBlobSchema, { data: { case: "uri", value: uri } });
  closure.outputResult = { case: "outputs", value };
}
