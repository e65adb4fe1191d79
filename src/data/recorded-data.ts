import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import { isTerminal, outcomeOf, phaseOf } from "../values/outcomes/index.js";
import type { InputsResult, OutputsResult } from "./data-results.js";

/** The inputs or outputs as the row of an execution, node or attempt records them. */
export type RecordedData<Result> =
  /** They are in an object of the storage, whose URI may be unknown. */
  | { readonly kind: "stored"; readonly uri: string | undefined }
  /** The row alone is the answer. */
  | { readonly kind: "final"; readonly result: Result };

/** Returns what a row records of its outputs. */
export function recordedOutputs(
  row: Execution | NodeExecution | TaskExecution,
): RecordedData<OutputsResult> {
  const outcome = outcomeOf(row);
  const phase = phaseOf(row);
  switch (outcome.kind) {
    case "outputUri":
      return { kind: "stored", uri: outcome.uri };
    case "literals":
      return final({ kind: "literals", literals: outcome.literals, source: "inline" });
    case "error":
      return final({ kind: "error", phase, error: outcome.error });
    case "aborted":
      return final({ kind: "aborted", cause: outcome.cause, principal: outcome.principal });
    case "notTerminal":
      return final(outcome);
    case "none":
      return final(withoutOutputs(phase));
  }
}

/** Returns what a node or an attempt records of its inputs: the first event that has them sets their URI. */
export function recordedInputs(row: NodeExecution | TaskExecution): RecordedData<InputsResult> {
  if (row.inputUri !== "") return { kind: "stored", uri: row.inputUri };
  const phase = phaseOf(row);
  return final({ kind: isTerminal(phase) ? "none" : "notTerminal", phase });
}

function withoutOutputs(phase: ReturnType<typeof phaseOf>): OutputsResult {
  if (!isTerminal(phase)) return { kind: "notTerminal", phase };
  if (phase === "ABORTED") return { kind: "aborted", cause: undefined, principal: undefined };
  if (phase === "FAILED" || phase === "TIMED_OUT") {
    return { kind: "error", phase, error: undefined };
  }
  return { kind: "none", phase };
}

function final<Result>(result: Result): RecordedData<Result> {
  return { kind: "final", result };
}
