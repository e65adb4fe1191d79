import type { Signal } from "../../gen/flyteidl/admin/signal_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  approveSignal,
  getOrCreateSignal,
  listSignals,
  rejectSignal,
  setSignal,
  type SignalQuery,
  type SignalType,
  type SignalValue,
} from "../executions/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import type { SignalIdInput } from "../values/identifiers/index.js";

/**
 * Signals: values that gate nodes wait for.
 *
 * @example
 * ```ts
 * const executionId = { project: "flytesnacks", domain: "development", name: "gated0001" };
 * for await (const signal of admin.signals.list({ executionId })) {
 *   console.log(signal.id?.signalId, signal.value === undefined ? "waiting" : "set");
 * }
 *
 * await admin.signals.approve({ executionId, signalId: "approve" });
 * ```
 */
export class Signals {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists the signals of an execution, set or not.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query: SignalQuery, options?: ListOptions): PagedList<Signal> {
    return listSignals(this.#connection, query, options);
  }

  /**
   * Gets a signal, and creates it when there is none. The execution need not exist.
   *
   * FlyteAdmin offers this over gRPC only.
   *
   * @throws InvalidIdentifierError before the call; UnsupportedByTransportError over REST;
   *   AlreadyExistsError when the signal has another type
   */
  getOrCreate(id: SignalIdInput, type: SignalType, options?: CallOptions): Promise<Signal> {
    return getOrCreateSignal(this.#connection, id, type, options);
  }

  /**
   * Sets a signal, which lets its gate node continue. A signal that is set may be set again.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when
   *   the signal does not exist, or it has another type
   */
  set(id: SignalIdInput, value: SignalValue, options?: CallOptions): Promise<void> {
    return setSignal(this.#connection, id, value, options);
  }

  /**
   * Approves what a gate node asks: sets a boolean signal to true.
   *
   * @throws as `set`
   */
  approve(id: SignalIdInput, options?: CallOptions): Promise<void> {
    return approveSignal(this.#connection, id, options);
  }

  /**
   * Rejects what a gate node asks: sets a boolean signal to false.
   *
   * @throws as `set`
   */
  reject(id: SignalIdInput, options?: CallOptions): Promise<void> {
    return rejectSignal(this.#connection, id, options);
  }
}
