import type { Signal } from "../../gen/flyteidl/admin/signal_pb.js";
import { callUnary, type Connection } from "../calls/index.js";
import { getOrCreateSignalMethod, setSignalMethod } from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import type { OptionNames } from "../internal/validation/index.js";
import {
  type EntityQuery,
  entityQueryNames,
  listRows,
  listSignalsRpc,
  requireQuery,
} from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type ExecutionIdInput,
  requireExecutionId,
  requireSignalId,
  type SignalIdInput,
} from "../values/identifiers/index.js";
import {
  signalLiteral,
  signalLiteralType,
  type SignalType,
  type SignalValue,
} from "./signal-values.js";

/** Which signals to list. */
export interface SignalQuery extends EntityQuery<"signal"> {
  /** The execution whose signals to list. */
  readonly executionId: ExecutionIdInput;
}

const signalQueryNames: OptionNames<SignalQuery> = { ...entityQueryNames, executionId: true };

/**
 * Lists the signals of an execution, set or not.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export function listSignals(
  connection: Connection,
  query: SignalQuery,
  options?: ListOptions,
): PagedList<Signal> {
  requireQuery(query, signalQueryNames, "an object with executionId");
  const workflowExecutionId = requireExecutionId(
    query.executionId,
    connection.defaults,
    "executionId",
  );
  return listRows(connection, listSignalsRpc, { scope: { workflowExecutionId }, query }, options);
}

/**
 * Gets a signal, and makes it when there is none. The execution need not exist.
 *
 * FlyteAdmin offers this over gRPC only.
 *
 * @throws InvalidIdentifierError before the call; UnsupportedByTransportError over REST;
 *   AlreadyExistsError when the signal has another type
 */
export async function getOrCreateSignal(
  connection: Connection,
  id: SignalIdInput,
  type: SignalType,
  options?: CallOptions,
): Promise<Signal> {
  const signal = requireSignalId(id, connection.defaults);
  const request = { id: signal, type: signalLiteralType(type) };
  return callUnary(connection, getOrCreateSignalMethod, request, options);
}

/**
 * Sets a signal, which lets its gate node continue. A signal that is set may be set again.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when
 *   the signal does not exist, or it has another type
 */
export async function setSignal(
  connection: Connection,
  id: SignalIdInput,
  value: SignalValue,
  options?: CallOptions,
): Promise<void> {
  const signal = requireSignalId(id, connection.defaults);
  const request = { id: signal, value: signalLiteral(value) };
  await callUnary(connection, setSignalMethod, request, options);
}

/**
 * Approves what a gate node asks: sets a boolean signal to true.
 *
 * @throws as `setSignal`
 */
export async function approveSignal(
  connection: Connection,
  id: SignalIdInput,
  options?: CallOptions,
): Promise<void> {
  await setSignal(connection, id, { boolean: true }, options);
}

/**
 * Rejects what a gate node asks: sets a boolean signal to false.
 *
 * @throws as `setSignal`
 */
export async function rejectSignal(
  connection: Connection,
  id: SignalIdInput,
  options?: CallOptions,
): Promise<void> {
  await setSignal(connection, id, { boolean: false }, options);
}
