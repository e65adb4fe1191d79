import { isMessage } from "@bufbuild/protobuf";

import {
  type TaskExecution,
  TaskExecutionSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { TaskExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import {
  getTaskExecutionDataMethod,
  getTaskExecutionMethod,
} from "../../gen/flyteidl/service/methods.js";
import { callOptionsOf } from "../internal/validation/index.js";
import { requireTaskExecutionId, type TaskExecutionIdInput } from "../values/identifiers/index.js";
import type { DataHalf, DataQuestion, Standing } from "./data-question.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import { resolvableUrl } from "./flyte-url-of.js";
import { followChain } from "./follow-chain.js";
import { inputsHalf, outputsHalf } from "./halves.js";
import type { ReadDataOptions } from "./read-data-options.js";
import { inputsStanding, outputsStanding } from "./standing.js";

type Attempt = TaskExecutionIdInput | TaskExecution | undefined;

/**
 * Reads the inputs of an attempt: inline, or through a signed URL, whichever way works.
 *
 * @param of - its id, or the attempt itself, which saves a call
 * @returns the literals with where they came from, or why there are none; never an empty map
 *   that means "unknown"
 * @throws InvalidIdentifierError before any call; NotFoundError when there is no such attempt
 */
export function readTaskExecutionInputs(
  connection: Connection,
  of: Attempt,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  return read(connection, of, options, "inputs", inputsStanding, inputsHalf);
}

/**
 * Reads the outputs of an attempt: inline, or through a signed URL, whichever way works.
 *
 * @param of - its id, or the attempt itself, which saves a call
 * @returns the literals with where they came from, or why there are none: still running, failed
 *   with its error, aborted, none recorded, too large, missing or unreadable
 * @throws InvalidIdentifierError before any call; NotFoundError when there is no such attempt
 */
export function readTaskExecutionOutputs(
  connection: Connection,
  of: Attempt,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  return read(connection, of, options, "outputs", outputsStanding, outputsHalf);
}

async function read<Result extends OutputsResult>(
  connection: Connection,
  of: Attempt,
  options: ReadDataOptions,
  artifact: "inputs" | "outputs",
  standing: (row: TaskExecution) => Standing<Result>,
  half: (answer: Parameters<typeof inputsHalf>[0]) => DataHalf,
): Promise<Result | InputsResult> {
  const row = isMessage(of, TaskExecutionSchema) ? of : undefined;
  const id = requireTaskExecutionId(
    isMessage(of, TaskExecutionSchema) ? of.id : of,
    connection.defaults,
  );
  const question: DataQuestion<Result> = {
    rpc: "GetTaskExecutionData",
    known: row?.closure === undefined ? undefined : standing(row),
    flyteUrl: flyteUrlOf(id, artifact),
    look: async () =>
      standing(await callUnary(connection, getTaskExecutionMethod, { id }, callOptionsOf(options))),
    ask: async () =>
      half(await callUnary(connection, getTaskExecutionDataMethod, { id }, callOptionsOf(options))),
  };
  return followChain(question, connection, options);
}

function flyteUrlOf(
  id: TaskExecutionIdentifier,
  artifact: "inputs" | "outputs",
): string | undefined {
  return resolvableUrl(id.nodeExecutionId, artifact, id.retryAttempt);
}
