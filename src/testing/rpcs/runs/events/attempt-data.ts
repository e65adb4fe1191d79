import type { TaskExecutionClosure } from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import type { TaskExecutionIdentifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { TaskExecutionEvent } from "../../../../../gen/flyteidl/event/event_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { isTerminalAttemptPhase, offloadLiterals } from "../rows/index.js";

/** An event of an attempt, with the attempt's complete identifier. */
export interface AttemptEvent {
  readonly id: TaskExecutionIdentifier;
  readonly event: TaskExecutionEvent;
}

/** Sets the result of an attempt that ends. Inline output goes to storage; an empty address is no result. */
export function setAttemptOutput(
  state: FlyteState,
  closure: TaskExecutionClosure,
  { id, event }: AttemptEvent,
): void {
  if (!isTerminalAttemptPhase(event.phase)) return;
  const result = event.outputResult;
  switch (result.case) {
    case "error":
      closure.outputResult = result;
      break;
    case "outputUri":
      if (result.value !== "") closure.outputResult = result;
      break;
    case "outputData": {
      const value = offloadLiterals(state, result.value, storagePath(id, "offloaded_outputs"));
      closure.outputResult = { case: "outputUri", value };
      break;
    }
    case undefined:
  }
}

/** Where the inputs of an attempt are: what the first event with inputs said, whatever later ones say. */
export function attemptInputUri(
  state: FlyteState,
  stored: string,
  { id, event }: AttemptEvent,
): string {
  if (stored !== "") return stored;
  const input = event.inputValue;
  if (input.case === "inputUri") return input.value;
  if (input.case === undefined) return "";
  return offloadLiterals(state, input.value, storagePath(id, "offloaded_inputs"));
}

function storagePath(id: TaskExecutionIdentifier, suffix: string): readonly string[] {
  const { nodeExecutionId: node, taskId: task } = id;
  const execution = node?.executionId;
  return [
    execution?.project ?? "",
    execution?.domain ?? "",
    execution?.name ?? "",
    node?.nodeId ?? "",
    task?.project ?? "",
    task?.domain ?? "",
    task?.name ?? "",
    task?.version ?? "",
    String(id.retryAttempt),
    suffix,
  ];
}
