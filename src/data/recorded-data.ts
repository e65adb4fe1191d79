import { create } from "@bufbuild/protobuf";

import type { Execution } from "../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import { type Identifier, ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { LiteralMapSchema } from "../../gen/flyteidl/core/literals_pb.js";
import { getLaunchPlanMethod, getTaskMethod } from "../../gen/flyteidl/service/methods.js";
import { callUnary, type Connection } from "../calls/index.js";
import { toFlyteError } from "../errors/index.js";
import { callOptionsOf } from "../internal/validation/index.js";
import { isTerminal, outcomeOf, phaseOf } from "../values/index.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import type { ReadDataOptions } from "./read-data-options.js";
import { throwUnlessRecoverable } from "./stored-object.js";

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

/**
 * Returns what is known of the inputs of an execution: an empty map where what it runs declares no
 * inputs. The row of an execution does not record its inputs.
 */
export async function declaredInputs(
  row: Execution,
  connection: Connection,
  options: ReadDataOptions,
): Promise<RecordedData<InputsResult>> {
  const id = row.spec?.launchPlan;
  const names = id === undefined ? undefined : await inputNames(connection, id, options);
  if (names?.length !== 0) return { kind: "stored", uri: undefined };
  const literals = create(LiteralMapSchema);
  return { kind: "final", result: { kind: "literals", literals, source: "inline" } };
}

async function inputNames(
  connection: Connection,
  id: Identifier,
  options: ReadDataOptions,
): Promise<readonly string[] | undefined> {
  try {
    if (id.resourceType === ResourceType.TASK) {
      const { closure } = await callUnary(
        connection,
        getTaskMethod,
        { id },
        callOptionsOf(options),
      );
      const template = closure?.compiledTask?.template;
      return template && Object.keys(template.interface?.inputs?.variables ?? {});
    }
    const { closure } = await callUnary(
      connection,
      getLaunchPlanMethod,
      { id },
      callOptionsOf(options),
    );
    return closure && Object.keys(closure.expectedInputs?.parameters ?? {});
  } catch (error) {
    const flyteError = toFlyteError(error);
    if (flyteError.code !== "NOT_FOUND") throwUnlessRecoverable(flyteError);
    return undefined;
  }
}
