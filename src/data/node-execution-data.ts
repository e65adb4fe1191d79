import { isMessage } from "@bufbuild/protobuf";

import {
  type NodeExecution,
  NodeExecutionSchema,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import { type NodeExecutionIdInput, requireNodeExecutionId } from "../values/identifiers/index.js";
import type { DataContext, ReadDataOptions } from "./context.js";
import type { DataHalf, DataQuestion, Standing } from "./data-question.js";
import type { InputsResult, OutputsResult } from "./data-results.js";
import { resolvableUrl } from "./flyte-url-of.js";
import { followChain } from "./follow-chain.js";
import { inputsHalf, outputsHalf } from "./halves.js";
import { inputsStanding, outputsStanding } from "./standing.js";

/** A node execution, or its id. */
export type NodeLike = NodeExecutionIdInput | NodeExecution | undefined;

/**
 * Reads the inputs of a node execution.
 *
 * @param of - the node or its id; what a node that was read before says of itself is not asked again
 * @throws InvalidIdentifierError before any call; NotFoundError where there is no such node
 */
export function readNodeExecutionInputs(
  context: DataContext,
  of: NodeLike,
  options: ReadDataOptions = {},
): Promise<InputsResult> {
  return read(context, of, options, "inputs", inputsStanding, inputsHalf);
}

/**
 * Reads the outputs of a node execution.
 *
 * @param of - the node or its id; what a node that was read before says of itself is not asked again
 * @throws InvalidIdentifierError before any call; NotFoundError where there is no such node
 */
export function readNodeExecutionOutputs(
  context: DataContext,
  of: NodeLike,
  options: ReadDataOptions = {},
): Promise<OutputsResult> {
  return read(context, of, options, "outputs", outputsStanding, outputsHalf);
}

async function read<Result extends OutputsResult>(
  context: DataContext,
  of: NodeLike,
  options: ReadDataOptions,
  artifact: "inputs" | "outputs",
  standing: (row: NodeExecution) => Standing<Result>,
  half: (answer: Parameters<typeof inputsHalf>[0]) => DataHalf,
): Promise<Result | InputsResult> {
  const row = isNodeRow(of) ? of : undefined;
  const id = requireNodeExecutionId(isNodeRow(of) ? of.id : of, context.defaults);
  const question: DataQuestion<Result> = {
    rpc: "GetNodeExecutionData",
    known: row?.closure === undefined ? undefined : standing(row),
    flyteUrl: resolvableUrl(id, artifact),
    look: async () => standing(await context.admin.getNodeExecution({ id }, options)),
    ask: async () => half(await context.admin.getNodeExecutionData({ id }, options)),
  };
  return followChain(question, context, options);
}

/** Whether it is the node itself. */
export function isNodeRow(of: NodeLike): of is NodeExecution {
  return isMessage(of, NodeExecutionSchema);
}
