import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import type { CallOptions } from "../internal/call-options.js";
import { CancellationGroup, ClientClosedError } from "../internal/cancellation/index.js";
import { systemWaitingClock, type WaitingClock } from "../internal/clock.js";
import type { FetchFunction } from "../internal/fetch-function.js";
import {
  checkFunction,
  type OptionNames,
  requireKnownOptions,
} from "../internal/validation/index.js";
import { sendUnary } from "../transports/unary-client.js";
import type { IdDefaults } from "../values/identifiers/index.js";
import { type CallSettings, callSettingNames } from "./call-settings.js";
import { isBrowser } from "./request-id.js";
import { withInterceptors } from "./with-interceptors.js";

/** Settings of a connection, whichever transport carries its calls. */
export interface ConnectionSettings extends CallSettings {
  /**
   * The project and domain of identifiers that leave them out.
   * @defaultValue none
   */
  readonly defaults?: IdDefaults | undefined;
  /**
   * The `fetch` of signed URLs and of REST calls.
   * @defaultValue the runtime's `fetch`
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * The clock that polls go by; tests bring their own.
   * @defaultValue the time, the timers and the random numbers of the runtime
   */
  readonly clock?: WaitingClock | undefined;
}

/** The names of {@link ConnectionSettings}. */
export const connectionSettingNames: OptionNames<ConnectionSettings> = {
  ...callSettingNames,
  defaults: true,
  fetch: true,
  clock: true,
};

const defaultNames: OptionNames<IdDefaults> = { project: true, domain: true };

/**
 * A connection to FlyteAdmin: a transport with all interceptors, and the settings that every verb
 * works with. `connectRest` and `connectTransport` create one; an `AdminClient` has one as its
 * `connection`.
 */
export class Connection {
  /** The transport with all interceptors: hooks, errors, deadline, retry, auth and headers. */
  readonly transport: Transport;
  /** The project and domain of identifiers that leave them out. */
  readonly defaults: IdDefaults;
  /** The `fetch` of signed URLs; `undefined` for the runtime's. */
  readonly fetch: FetchFunction | undefined;
  /** The clock that polls go by. */
  readonly clock: WaitingClock;
  readonly #wire: Transport;
  readonly #openCalls = new CancellationGroup();
  readonly #shared = new Map<unknown, unknown>();

  /** @internal */
  constructor(wire: Transport, settings: ConnectionSettings = {}) {
    const requestIds = settings.requestIds ?? !isBrowser();
    if (settings.defaults !== undefined) {
      requireKnownOptions(settings.defaults, defaultNames, "defaults");
    }
    checkFunction(settings.fetch, "fetch");
    this.#wire = wire;
    this.transport = withInterceptors(wire, { ...settings, requestIds }, this.#openCalls);
    this.defaults = settings.defaults ?? {};
    this.fetch = settings.fetch;
    this.clock = settings.clock ?? systemWaitingClock;
  }

  /** Aborts when the connection is closed. */
  get closed(): AbortSignal {
    return this.#openCalls.signal;
  }

  /**
   * Ends every call, list, walk, wait and transfer in flight with a `CanceledError`, and closes the
   * transport where it can be closed, also when the caller created it. Later calls fail as well. A
   * script need not close: an idle connection does not keep Node alive.
   */
  close(): void {
    this.#openCalls.end(new ClientClosedError());
    if (isClosable(this.#wire)) this.#wire.close();
  }

  /** Closes the connection, as `using` does. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Closes the connection, as `await using` does. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /**
   * Returns the one object of its kind that all calls of this connection share, and creates it for
   * the first that asks.
   *
   * @internal
   */
  share<T>(create: (connection: Connection) => T): T {
    if (!this.#shared.has(create)) this.#shared.set(create, create(this));
    // Under a function there is only what that function returned.
    return this.#shared.get(create) as T;
  }
}

/** Makes one call. Every verb goes through here. */
export function callUnary<I extends DescMessage, O extends DescMessage>(
  { transport }: Connection,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
  options?: CallOptions,
): Promise<MessageShape<O>> {
  return sendUnary(transport, method, request, options);
}

function isClosable(transport: Transport): transport is Transport & { close: () => void } {
  return "close" in transport && typeof transport.close === "function";
}
