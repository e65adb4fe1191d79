import { isMessage } from "@bufbuild/protobuf";

import {
  type NodeExecution,
  NodeExecutionSchema,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import {
  getNodeExecutionDataMethod,
  getNodeExecutionMethod,
} from "../../gen/flyteidl/service/methods.js";
import { callOptionsOf } from "../internal/validation/index.js";
import { type NodeExecutionIdInput, requireNodeExecutionId } from "../values/identifiers/index.js";
import type { DataHalf, DataQuestion, Standing } from "./data-question.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import { resolvableUrl } from "./flyte-url-of.js";
import { followChain } from "./follow-chain.js";
import { inputsHalf, outputsHalf } from "./halves.js";
import type { ReadDataOptions } from "./read-data-options.js";
import { inputsStanding, outputsStanding } from "./standing.js";

/** A node execution, or its id. */
export type NodeLike = NodeExecutionIdInput | NodeExecution | undefined;

/**
 * Reads the inputs of a node: inline, or through a signed URL, whichever way works.
 *
 * @param of - its id, or the node itself, which saves a call
 * @returns the literals with where they came from, or why there are none; never an empty map
 *   that means "unknown"
 * @throws InvalidIdentifierError before any call; NotFoundError when there is no such node
 */
export function readNodeExecutionInputs(
  connection: Connection,
  of: NodeLike,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  return read(connection, of, options, "inputs", inputsStanding, inputsHalf);
}

/**
 * Reads the outputs of a node: inline, or through a signed URL, whichever way works.
 *
 * @param of - its id, or the node itself, which saves a call
 * @returns the literals with where they came from, or why there are none: still running, failed
 *   with its error, aborted, none recorded, too large, missing or unreadable
 * @throws InvalidIdentifierError before any call; NotFoundError when there is no such node
 */
export function readNodeExecutionOutputs(
  connection: Connection,
  of: NodeLike,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  return read(connection, of, options, "outputs", outputsStanding, outputsHalf);
}

async function read<Result extends OutputsResult>(
  connection: Connection,
  of: NodeLike,
  options: ReadDataOptions,
  artifact: "inputs" | "outputs",
  standing: (row: NodeExecution) => Standing<Result>,
  half: (answer: Parameters<typeof inputsHalf>[0]) => DataHalf,
): Promise<Result | InputsResult> {
  const row = isNodeRow(of) ? of : undefined;
  const id = requireNodeExecutionId(isNodeRow(of) ? of.id : of, connection.defaults);
  const question: DataQuestion<Result> = {
    rpc: "GetNodeExecutionData",
    known: row?.closure === undefined ? undefined : standing(row),
    flyteUrl: resolvableUrl(id, artifact),
    look: async () =>
      standing(await callUnary(connection, getNodeExecutionMethod, { id }, callOptionsOf(options))),
    ask: async () =>
      half(await callUnary(connection, getNodeExecutionDataMethod, { id }, callOptionsOf(options))),
  };
  return followChain(question, connection, options);
}

/** Whether it is the node itself. */
export function isNodeRow(of: NodeLike): of is NodeExecution {
  return isMessage(of, NodeExecutionSchema);
}
