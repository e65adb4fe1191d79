import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import {
  AbortMetadataSchema,
  ExecutionClosureSchema,
  ExecutionStateChangeDetailsSchema,
  type ExecutionTerminateRequest,
  type ExecutionTerminateResponse,
  ExecutionTerminateResponseSchema,
  type ExecutionUpdateRequest,
  type ExecutionUpdateResponse,
  ExecutionUpdateResponseSchema,
} from "../../../../../gen/flyteidl/admin/execution_pb.js";
import { WorkflowExecution_Phase } from "../../../../../gen/flyteidl/core/execution_pb.js";
import { type FlyteState, timestampOf } from "../../../store/index.js";
import { alreadyTerminal } from "../../../server-errors.js";
import { checkExecutionId } from "../checks/index.js";
import { isTerminalExecutionPhase, requireExecution } from "../rows/index.js";
import { userOf } from "../server/index.js";

/** Archives an execution or brings it back: without a state, back. */
export function updateExecution(
  state: FlyteState,
  request: ExecutionUpdateRequest,
): ExecutionUpdateResponse {
  const row = requireExecution(state, checkExecutionId(request.id));
  const now = state.tick();
  const closure = fromBinary(ExecutionClosureSchema, row.closure);
  closure.stateChangeDetails = create(ExecutionStateChangeDetailsSchema, {
    state: request.state,
    principal: userOf(state),
    occurredAt: timestampOf(now),
  });
  row.state = request.state;
  row.closure = toBinary(ExecutionClosureSchema, closure);
  row.updatedAt = now;
  return create(ExecutionUpdateResponseSchema);
}

/**
 * Aborts an execution: it is ABORTING at once, and ABORTED when its engine says
 * so. Doing it again replaces the cause.
 * @throws FAILED_PRECONDITION when the execution is over; the detail has its phase
 */
export function terminateExecution(
  state: FlyteState,
  request: ExecutionTerminateRequest,
): ExecutionTerminateResponse {
  const row = requireExecution(state, checkExecutionId(request.id));
  if (isTerminalExecutionPhase(row.phase)) {
    throw alreadyTerminal("Cannot abort an already terminated workflow execution", row.phase);
  }
  const { cause } = request;
  const closure = fromBinary(ExecutionClosureSchema, row.closure);
  const value = create(AbortMetadataSchema, { cause, principal: userOf(state) });
  closure.outputResult = { case: "abortMetadata", value };
  closure.phase = WorkflowExecution_Phase.ABORTING;
  // The server's database layer does not write empty text over what is there.
  if (cause !== "") row.abortCause = cause;
  row.phase = "ABORTING";
  row.closure = toBinary(ExecutionClosureSchema, closure);
  row.updatedAt = state.tick();
  return create(ExecutionTerminateResponseSchema);
}
