import { isMessage } from "@bufbuild/protobuf";

import { type Execution, ExecutionSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import { getExecutionDataMethod, getExecutionMethod } from "../../gen/flyteidl/service/methods.js";
import { callOptionsOf } from "../internal/validation/index.js";
import { type ExecutionIdInput, requireExecutionId } from "../values/identifiers/index.js";
import type { DataQuestion } from "./data-question.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import { expectedInputs } from "./expected-inputs.js";
import { followChain } from "./follow-chain.js";
import { inputsHalf, outputsHalf } from "./halves.js";
import type { ReadDataOptions } from "./read-data-options.js";
import { outputsStanding } from "./standing.js";

type WorkflowRun = ExecutionIdInput | Execution | undefined;

/**
 * Reads the inputs of an execution: inline, or through a signed URL, whichever way works.
 *
 * @param of - its id, or the execution itself, which saves a call
 * @returns the literals with where they came from, or why there are none; never an empty map
 *   that means "unknown"
 * @throws InvalidIdentifierError before any call; NotFoundError when there is no such execution
 */
export async function readExecutionInputs(
  connection: Connection,
  of: WorkflowRun,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  const id = requireExecutionId(isMessage(of, ExecutionSchema) ? of.id : of, connection.defaults);
  const question: DataQuestion<InputsResult> = {
    rpc: "GetExecutionData",
    known: undefined,
    flyteUrl: undefined,
    look: async () => {
      const row = isMessage(of, ExecutionSchema)
        ? of
        : await callUnary(connection, getExecutionMethod, { id }, callOptionsOf(options));
      return expectedInputs(connection, row, options);
    },
    ask: async () =>
      inputsHalf(
        await callUnary(connection, getExecutionDataMethod, { id }, callOptionsOf(options)),
      ),
  };
  return followChain(question, connection, options);
}

/**
 * Reads the outputs of an execution: inline, or through a signed URL, whichever way works.
 *
 * @param of - its id, or the execution itself, which saves a call
 * @returns the literals with where they came from, or why there are none: still running, failed
 *   with its error, aborted, none recorded, too large, missing or unreadable
 * @throws InvalidIdentifierError before any call; NotFoundError when there is no such execution
 */
export async function readExecutionOutputs(
  connection: Connection,
  of: WorkflowRun,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  const row = isMessage(of, ExecutionSchema) ? of : undefined;
  const id = requireExecutionId(isMessage(of, ExecutionSchema) ? of.id : of, connection.defaults);
  const question: DataQuestion<OutputsResult> = {
    rpc: "GetExecutionData",
    known: row?.closure === undefined ? undefined : outputsStanding(row),
    flyteUrl: undefined,
    look: async () =>
      outputsStanding(
        await callUnary(connection, getExecutionMethod, { id }, callOptionsOf(options)),
      ),
    ask: async () =>
      outputsHalf(
        await callUnary(connection, getExecutionDataMethod, { id }, callOptionsOf(options)),
      ),
  };
  return followChain(question, connection, options);
}
