import type { NodeExecutionClosure } from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import type { NodeExecutionIdentifier } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { NodeExecutionEvent } from "../../../../../gen/flyteidl/event/event_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { offloadLiterals } from "../rows/index.js";

/** Sets the result of a node that ends. Inline output goes to storage; an empty address is no result. */
export function setNodeOutput(
  state: FlyteState,
  closure: NodeExecutionClosure,
  event: NodeExecutionEvent,
): void {
  const result = event.outputResult;
  switch (result.case) {
    case "error":
      closure.outputResult = result;
      break;
    case "outputUri":
      if (result.value !== "") closure.outputResult = result;
      break;
    case "outputData": {
      const value = offloadLiterals(
        state,
        result.value,
        storagePath(event.id, "offloaded_outputs"),
      );
      closure.outputResult = { case: "outputUri", value };
      break;
    }
    case undefined:
  }
}

/** Where the inputs of a node are: what the first event with inputs said, whatever later ones say. */
export function nodeInputUri(state: FlyteState, stored: string, event: NodeExecutionEvent): string {
  if (stored !== "") return stored;
  const input = event.inputValue;
  if (input.case === "inputUri") return input.value;
  if (input.case === undefined) return "";
  return offloadLiterals(state, input.value, storagePath(event.id, "offloaded_inputs"));
}

function storagePath(id: NodeExecutionIdentifier | undefined, suffix: string): readonly string[] {
  const execution = id?.executionId;
  return [
    execution?.project ?? "",
    execution?.domain ?? "",
    execution?.name ?? "",
    id?.nodeId ?? "",
    suffix,
  ];
}
