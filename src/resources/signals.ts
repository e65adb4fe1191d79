import type { CallOptions } from "@connectrpc/connect";

import { type Signal, SignalSchema } from "../../gen/flyteidl/admin/signal_pb.js";
import {
  type ExecutionIdInput,
  requireExecutionId,
  requireSignalId,
  type SignalIdInput,
} from "../values/identifiers/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import { requireObject } from "../internal/require-object.js";
import type { ResourceContext } from "./context.js";
import { type EntityQuery, listRows } from "../lists/listing.js";
import type { SignalType, SignalValue } from "./signal-values.js";

/** Which signals to list. */
export interface SignalQuery extends EntityQuery<"signal"> {
  /** The execution whose signals to list. */
  readonly executionId: ExecutionIdInput | undefined;
}

/**
 * Signals: values that gate nodes wait for.
 *
 * {@includeCode ../../examples/resources/signals.ts#example}
 */
export class Signals {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Lists the signals of an execution, set or not.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query: SignalQuery, options?: ListOptions): PagedList<Signal> {
    requireObject(query, "query", "an object with executionId");
    const workflowExecutionId = requireExecutionId(
      query.executionId,
      this.#context.defaults,
      "executionId",
    );
    return listRows(
      {
        rpc: "ListSignals",
        entity: "signal",
        schema: SignalSchema,
        fetch: async (page, call) => {
          const request = { workflowExecutionId, ...page };
          const reply = await this.#context.clients.signal.listSignals(request, call);
          return { items: reply.signals, token: reply.token };
        },
        keyOf: ({ id }) => id?.signalId ?? "",
      },
      query,
      options,
    );
  }

  /**
   * Gets a signal, and makes it when there is none. The execution need not exist.
   *
   * FlyteAdmin offers this over gRPC only.
   *
   * @throws InvalidIdentifierError before the call; UnsupportedByTransportError over REST;
   *   AlreadyExistsError when the signal has another type
   */
  async getOrCreate(
    id: SignalIdInput | undefined,
    type: SignalType,
    options?: CallOptions,
  ): Promise<Signal> {
    const signal = requireSignalId(id, this.#context.defaults);
    const { signalLiteralType } = await this.#context.loadLater(options);
    const request = { id: signal, type: signalLiteralType(type) };
    return this.#context.clients.signal.getOrCreateSignal(request, options);
  }

  /**
   * Sets a signal, which lets its gate node go on. A signal that is set may be set again.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when
   *   there is no such signal, or it has another type
   */
  async set(
    id: SignalIdInput | undefined,
    value: SignalValue,
    options?: CallOptions,
  ): Promise<void> {
    const signal = requireSignalId(id, this.#context.defaults);
    const { signalLiteral } = await this.#context.loadLater(options);
    const request = { id: signal, value: signalLiteral(value) };
    await this.#context.clients.signal.setSignal(request, options);
  }

  /**
   * Approves what a gate node asks: sets a boolean signal to true.
   *
   * @throws as `set`
   */
  async approve(id: SignalIdInput | undefined, options?: CallOptions): Promise<void> {
    await this.set(id, { boolean: true }, options);
  }

  /**
   * Rejects what a gate node asks: sets a boolean signal to false.
   *
   * @throws as `set`
   */
  async reject(id: SignalIdInput | undefined, options?: CallOptions): Promise<void> {
    await this.set(id, { boolean: false }, options);
  }
}
