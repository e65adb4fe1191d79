import { connectionOf, type FlyteClient } from "../calls/index.js";
import {
  type InputsResult,
  type OutputsResult,
  type ReadDataOptions,
  readExecutionInputs,
  readExecutionOutputs,
  readNodeExecutionInputs,
  readNodeExecutionOutputs,
  readTaskExecutionInputs,
  readTaskExecutionOutputs,
} from "../data/index.js";
import {
  type ExecutionIdInput,
  formatId,
  type NodeExecutionIdInput,
  requireExecutionId,
  requireNodeExecutionId,
  requireTaskExecutionId,
  type TaskExecutionIdInput,
} from "../values/identifiers/index.js";
import { type FlyteQuery, makeKey, type WithoutSignal } from "./query-types.js";

/** Returns what of the options is part of a key: what changes the data. */
function keyOptions({ maxBytes, fetchOffloaded = false }: ReadDataOptions): object {
  return { fetchOffloaded, ...(maxBytes !== undefined && { maxBytes }) };
}

/**
 * Returns the options of a query for the inputs of an execution.
 *
 * @throws InvalidIdentifierError
 */
export function executionInputsQuery(
  client: FlyteClient,
  id: ExecutionIdInput,
  options: WithoutSignal<ReadDataOptions> = {},
): FlyteQuery<InputsResult> {
  const connection = connectionOf(client);
  const known = requireExecutionId(id, connection.defaults);
  const about = { id: formatId(known), ...keyOptions(options) };
  return {
    queryKey: makeKey(connection, "executions", "inputs", about),
    queryFn: ({ signal }) => readExecutionInputs(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for the outputs of an execution.
 *
 * @throws InvalidIdentifierError
 */
export function executionOutputsQuery(
  client: FlyteClient,
  id: ExecutionIdInput,
  options: WithoutSignal<ReadDataOptions> = {},
): FlyteQuery<OutputsResult> {
  const connection = connectionOf(client);
  const known = requireExecutionId(id, connection.defaults);
  const about = { id: formatId(known), ...keyOptions(options) };
  return {
    queryKey: makeKey(connection, "executions", "outputs", about),
    queryFn: ({ signal }) => readExecutionOutputs(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for the inputs of a node.
 *
 * @throws InvalidIdentifierError
 */
export function nodeExecutionInputsQuery(
  client: FlyteClient,
  id: NodeExecutionIdInput,
  options: WithoutSignal<ReadDataOptions> = {},
): FlyteQuery<InputsResult> {
  const connection = connectionOf(client);
  const known = requireNodeExecutionId(id, connection.defaults);
  const about = { id: formatId(known), ...keyOptions(options) };
  return {
    queryKey: makeKey(connection, "nodeExecutions", "inputs", about),
    queryFn: ({ signal }) => readNodeExecutionInputs(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for the outputs of a node.
 *
 * @throws InvalidIdentifierError
 */
export function nodeExecutionOutputsQuery(
  client: FlyteClient,
  id: NodeExecutionIdInput,
  options: WithoutSignal<ReadDataOptions> = {},
): FlyteQuery<OutputsResult> {
  const connection = connectionOf(client);
  const known = requireNodeExecutionId(id, connection.defaults);
  const about = { id: formatId(known), ...keyOptions(options) };
  return {
    queryKey: makeKey(connection, "nodeExecutions", "outputs", about),
    queryFn: ({ signal }) => readNodeExecutionOutputs(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for the inputs of an attempt.
 *
 * @throws InvalidIdentifierError
 */
export function taskExecutionInputsQuery(
  client: FlyteClient,
  id: TaskExecutionIdInput,
  options: WithoutSignal<ReadDataOptions> = {},
): FlyteQuery<InputsResult> {
  const connection = connectionOf(client);
  const known = requireTaskExecutionId(id, connection.defaults);
  const about = { id: formatId(known), ...keyOptions(options) };
  return {
    queryKey: makeKey(connection, "taskExecutions", "inputs", about),
    queryFn: ({ signal }) => readTaskExecutionInputs(connection, known, { ...options, signal }),
  };
}

/**
 * Returns the options of a query for the outputs of an attempt.
 *
 * @throws InvalidIdentifierError
 */
export function taskExecutionOutputsQuery(
  client: FlyteClient,
  id: TaskExecutionIdInput,
  options: WithoutSignal<ReadDataOptions> = {},
): FlyteQuery<OutputsResult> {
  const connection = connectionOf(client);
  const known = requireTaskExecutionId(id, connection.defaults);
  const about = { id: formatId(known), ...keyOptions(options) };
  return {
    queryKey: makeKey(connection, "taskExecutions", "outputs", about),
    queryFn: ({ signal }) => readTaskExecutionOutputs(connection, known, { ...options, signal }),
  };
}
