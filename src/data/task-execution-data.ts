import { isMessage } from "@bufbuild/protobuf";

import {
  type TaskExecution,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { TaskExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { requireTaskExecutionId, type TaskExecutionIdInput } from "../values/identifiers/index.js";
import type { DataContext, ReadDataOptions } from "./context.js";
import type { DataHalf, DataQuestion, Standing } from "./data-question.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import { resolvableUrl } from "./flyte-url-of.js";
import { followChain } from "./follow-chain.js";
import { inputsHalf, outputsHalf } from "./halves.js";
import { inputsStanding, outputsStanding } from "./standing.js";

type Attempt = TaskExecutionIdInput | TaskExecution | undefined;

/**
 * Reads the inputs of an attempt of a task.
 *
 * @param of - the attempt or its id; what an attempt that was read before says of itself is not asked again
 * @throws InvalidIdentifierError before any call; NotFoundError where there is no such attempt
 */
export function readTaskExecutionInputs(
  context: DataContext,
  of: Attempt,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  return read(context, of, options, "inputs", inputsStanding, inputsHalf);
}

/**
 * Reads the outputs of an attempt of a task.
 *
 * @param of - the attempt or its id; what an attempt that was read before says of itself is not asked again
 * @throws InvalidIdentifierError before any call; NotFoundError where there is no such attempt
 */
export function readTaskExecutionOutputs(
  context: DataContext,
  of: Attempt,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  return read(context, of, options, "outputs", outputsStanding, outputsHalf);
}

async function read<Result extends OutputsResult>(
  context: DataContext,
  of: Attempt,
  options: ReadDataOptions,
  artifact: "inputs" | "outputs",
  standing: (row: TaskExecution) => Standing<Result>,
  half: (answer: Parameters<typeof inputsHalf>[0]) => DataHalf,
): Promise<Result | InputsResult> {
  const row = isMessage(of, TaskExecutionSchema) ? of : undefined;
  const id = requireTaskExecutionId(
    isMessage(of, TaskExecutionSchema) ? of.id : of,
    context.defaults,
  );
  const question: DataQuestion<Result> = {
    rpc: "GetTaskExecutionData",
    known: row?.closure === undefined ? undefined : standing(row),
    flyteUrl: flyteUrlOf(id, artifact),
    look: async () => standing(await context.admin.getTaskExecution({ id }, options)),
    ask: async () => half(await context.admin.getTaskExecutionData({ id }, options)),
  };
  return followChain(question, context, options);
}

function flyteUrlOf(
  id: TaskExecutionIdentifier,
  artifact: "inputs" | "outputs",
): string | undefined {
  return resolvableUrl(id.nodeExecutionId, artifact, id.retryAttempt);
}
