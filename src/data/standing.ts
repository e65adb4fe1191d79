import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import { isTerminal, outcomeOf, phaseOf } from "../values/outcomes/index.js";
import type { Standing } from "./data-question.js";
import type { InputsResult, OutputsResult } from "./data-results.js";

/** What a row says of its outputs. */
export function outputsStanding(
  row: Execution | NodeExecution | TaskExecution,
): Standing<OutputsResult> {
  const outcome = outcomeOf(row);
  const phase = phaseOf(row);
  switch (outcome.kind) {
    case "outputUri":
      return { kind: "stored", uri: outcome.uri };
    case "literals":
      return settled({ kind: "literals", literals: outcome.literals, source: "inline" });
    case "error":
      return settled({ kind: "error", phase, error: outcome.error });
    case "aborted":
      return settled({ kind: "aborted", cause: outcome.cause, principal: outcome.principal });
    case "notTerminal":
      return settled(outcome);
    case "none":
      return settled(withoutResult(phase));
  }
}

/** What a row of a node or an attempt says of its inputs: they come with the first event that has them. */
export function inputsStanding(row: NodeExecution | TaskExecution): Standing<InputsResult> {
  if (row.inputUri !== "") return { kind: "stored", uri: row.inputUri };
  const phase = phaseOf(row);
  return settled({ kind: isTerminal(phase) ? "none" : "notTerminal", phase });
}

function withoutResult(phase: ReturnType<typeof phaseOf>): OutputsResult {
  if (!isTerminal(phase)) return { kind: "notTerminal", phase };
  if (phase === "ABORTED") return { kind: "aborted", cause: undefined, principal: undefined };
  if (phase === "FAILED" || phase === "TIMED_OUT") {
    return { kind: "error", phase, error: undefined };
  }
  return { kind: "none", phase };
}

function settled<Result>(result: Result): Standing<Result> {
  return { kind: "settled", result };
}
