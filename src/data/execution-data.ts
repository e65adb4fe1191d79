import { isMessage } from "@bufbuild/protobuf";

import { type Execution, ExecutionSchema } from "../../gen/flyteidl/admin/execution_pb.js";
import { type ExecutionIdInput, requireExecutionId } from "../values/identifiers/index.js";
import type { DataContext, ReadDataOptions } from "./context.js";
import type { DataQuestion } from "./data-question.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import { expectedInputs } from "./expected-inputs.js";
import { followChain } from "./follow-chain.js";
import { inputsHalf, outputsHalf } from "./halves.js";
import { outputsStanding } from "./standing.js";

type WorkflowRun = ExecutionIdInput | Execution | undefined;

/**
 * Reads the inputs of a workflow execution, the launch plan's defaults among them.
 *
 * The server does not tell the URI of an execution's inputs. Where it gives
 * neither literals nor a signed URL, its launch plan (or its task) is asked
 * whether inputs are expected at all.
 *
 * @param of - the execution or its id
 * @throws InvalidIdentifierError before any call; NotFoundError where there is no such execution
 */
export async function readExecutionInputs(
  context: DataContext,
  of: WorkflowRun,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  const id = requireExecutionId(isMessage(of, ExecutionSchema) ? of.id : of, context.defaults);
  const question: DataQuestion<InputsResult> = {
    rpc: "GetExecutionData",
    known: undefined,
    flyteUrl: undefined,
    look: async () => {
      const row = isMessage(of, ExecutionSchema)
        ? of
        : await context.admin.getExecution({ id }, options);
      return expectedInputs(context, row, options);
    },
    ask: async () => inputsHalf(await context.admin.getExecutionData({ id }, options)),
  };
  return followChain(question, context, options);
}

/**
 * Reads the outputs of a workflow execution.
 *
 * @param of - the execution or its id; what an execution that was read before says of itself is not asked again
 * @throws InvalidIdentifierError before any call; NotFoundError where there is no such execution
 */
export async function readExecutionOutputs(
  context: DataContext,
  of: WorkflowRun,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  const row = isMessage(of, ExecutionSchema) ? of : undefined;
  const id = requireExecutionId(isMessage(of, ExecutionSchema) ? of.id : of, context.defaults);
  const question: DataQuestion<OutputsResult> = {
    rpc: "GetExecutionData",
    known: row?.closure === undefined ? undefined : outputsStanding(row),
    flyteUrl: undefined,
    look: async () => outputsStanding(await context.admin.getExecution({ id }, options)),
    ask: async () => outputsHalf(await context.admin.getExecutionData({ id }, options)),
  };
  return followChain(question, context, options);
}
