import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import { type CallOptions, type FetchFunction } from "../internal/index.js";
import {
  CancellationGroup,
  ClientClosedError,
  systemWaitingClock,
  type WaitingClock,
} from "../internal/cancellation/index.js";
import { errorText, UnexpectedResponseError } from "../errors/index.js";
import {
  checkFunction,
  invalidOption,
  isObject,
  type OptionNames,
  requireHeaders,
  requireKnownOptions,
} from "../internal/validation/index.js";
import { sendUnary } from "../transports/index.js";
import type { IdDefaults } from "../values/identifiers/index.js";
import { type SharedCallOptions, sharedCallOptionNames } from "./call-settings.js";
import { type HeadersSource, isBrowser, userAgent } from "./headers.js";
import { createRetrier, type Retrier } from "./retry.js";
import { withInterceptors } from "./with-interceptors.js";

/** Settings of a connection, whichever transport carries its calls. */
export interface ConnectionOptions extends SharedCallOptions {
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
  /**
   * The address of FlyteConsole, for `consoleUrl`, such as `https://flyte.example.com/console`.
   * @defaultValue `/console` at the server's address, where that is known: over REST and with `connect`
   */
  readonly consoleUrl?: string | undefined;
}

/** Settings that differ in a connection that shares another's transport. */
export interface ConnectionOverrideOptions {
  /** The project and domain of identifiers that leave them out; one that is not given stays as it is. */
  readonly defaults?: IdDefaults | undefined;
  /** Headers of every request, beside those of the connection and before them. */
  readonly headers?: HeadersSource | undefined;
  /** The time limit of a call in milliseconds, over all its attempts. 0 and Infinity mean no limit. */
  readonly timeoutMs?: number | undefined;
}

/** The names of {@link ConnectionOptions}. */
export const connectionOptionNames: OptionNames<ConnectionOptions> = {
  ...sharedCallOptionNames,
  defaults: true,
  fetch: true,
  clock: true,
  consoleUrl: true,
};

const overrideNames: OptionNames<ConnectionOverrideOptions> = {
  defaults: true,
  headers: true,
  timeoutMs: true,
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
  /** The address of FlyteConsole, where it is known. */
  readonly consoleUrl: string | undefined;
  readonly #wire: Transport;
  readonly #settings: ConnectionOptions;
  readonly #openCalls: CancellationGroup;
  readonly #retrier: Retrier;
  readonly #shared = new Map<unknown, unknown>();

  /** @internal */
  constructor(
    wire: Transport,
    settings: ConnectionOptions = {},
    { openCalls, retrier }: SharedParts = {
      openCalls: new CancellationGroup(),
      retrier: createRetrier(settings.retry),
    },
  ) {
    const requestIds = settings.requestIds ?? !isBrowser();
    if (settings.defaults !== undefined) {
      requireKnownOptions(settings.defaults, defaultNames, "defaults");
    }
    checkFunction(settings.fetch, "fetch");
    const calls = {
      ...settings,
      requestIds,
      // A page that sets it fails the CORS check of most servers.
      userAgent: isBrowser() ? undefined : userAgent(settings.application),
    };
    this.#wire = wire;
    this.#settings = settings;
    this.#openCalls = openCalls;
    this.#retrier = retrier;
    this.transport = withInterceptors(wire, calls, openCalls, retrier);
    this.consoleUrl = settings.consoleUrl;
    this.defaults = settings.defaults ?? {};
    this.fetch = settings.fetch ?? (hasFetch(wire) ? wire.fetch : undefined);
    this.clock = settings.clock ?? systemWaitingClock;
  }

  /**
   * Returns a connection with other settings that shares this one's transport, retry budget and end:
   * closing either closes both.
   *
   * @throws InvalidOptionError when an override is invalid
   */
  with(overrides: ConnectionOverrideOptions): Connection {
    const { defaults, headers, timeoutMs } = requireKnownOptions(
      overrides,
      overrideNames,
      "overrides",
      "an object with defaults, headers or timeoutMs",
    );
    const settings = {
      ...this.#settings,
      defaults: { ...this.defaults, ...withoutUndefined(defaults) },
      headers: mergedHeaders(this.#settings.headers, headers),
      timeoutMs: timeoutMs ?? this.#settings.timeoutMs,
    };
    const shared = { openCalls: this.#openCalls, retrier: this.#retrier };
    return new Connection(this.#wire, settings, shared);
  }

  /**
   * Ends when the connection is closed. Not a signal: on one that all work shares each piece would
   * leave a listener, and Node warns of more than ten.
   *
   * @internal
   */
  get closed(): CancellationGroup {
    return this.#openCalls;
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

/** A client, or its connection. */
export type FlyteClient = Connection | { readonly connection: Connection };

/**
 * Returns the connection of a client.
 *
 * @throws InvalidOptionError when it is neither a client nor a connection
 */
export function connectionOf(client: FlyteClient): Connection {
  const given: unknown = client;
  if (!isObject(given) || !("connection" in given || "transport" in given)) {
    throw invalidOption("client", "an AdminClient or a Connection", given);
  }
  return "connection" in client ? client.connection : client;
}

/** Parts of a connection that others share. */
interface SharedParts {
  readonly openCalls: CancellationGroup;
  readonly retrier: Retrier;
}

function withoutUndefined(defaults: IdDefaults = {}): IdDefaults {
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined));
}

function mergedHeaders(
  base: HeadersSource | undefined,
  overrides: HeadersSource | undefined,
): HeadersSource | undefined {
  if (base === undefined || overrides === undefined) return overrides ?? base;
  return async () => {
    const headers = requireHeaders(typeof base === "function" ? await base() : base);
    const own = requireHeaders(typeof overrides === "function" ? await overrides() : overrides);
    own.forEach((value, name) => {
      headers.set(name, value);
    });
    return headers;
  };
}

/**
 * Returns the project and domain of identifiers that leave them out.
 *
 * @throws InvalidOptionError when it is not a connection that the verb was called with, such as an
 *   `AdminClient`
 */
export function requireDefaults(connection: Connection): IdDefaults {
  // A connection of the package's other form is not an instance of this one's class.
  if (isObject(connection) && "defaults" in connection && "transport" in connection) {
    return connection.defaults;
  }
  const given: unknown = connection;
  const isClient = isObject(given) && "connection" in given;
  throw invalidOption(
    "connection",
    "a Connection, such as connectRest({ baseUrl })",
    given,
    isClient ? "Pass admin.connection." : undefined,
  );
}

/**
 * Makes one call. Every verb goes through here.
 *
 * @throws UnexpectedResponseError when the answer is a row without its id: FlyteAdmin always sets it,
 *   and an empty body decodes to an empty row
 */
export async function callUnary<I extends DescMessage, O extends DescMessage>(
  connection: Connection,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
  options?: CallOptions,
): Promise<MessageShape<O>> {
  requireDefaults(connection);
  const reply = await sendUnary(connection.transport, method, request, options);
  if (!("id" in method.output.field)) return reply;
  const id: unknown = Reflect.get(reply, "id");
  if (id !== undefined && id !== "") return reply;
  const words = `the answer is a ${method.output.name} without an id`;
  throw new UnexpectedResponseError(errorText(method.name, "INTERNAL", words, emptyAnswer), {
    rpc: method.name,
    code: "INTERNAL",
    attempts: 1,
    status: 200,
    contentType: undefined,
  });
}

const emptyAnswer =
  "Usual causes: a proxy dropped the body of the answer, or another service answers at this address.";

/** Whether a transport has a `fetch` of its own, as those of servers in memory do. */
function hasFetch(
  transport: Transport,
): transport is Transport & { readonly fetch: FetchFunction } {
  return "fetch" in transport && typeof transport.fetch === "function";
}

function isClosable(transport: Transport): transport is Transport & { close: () => void } {
  return "close" in transport && typeof transport.close === "function";
}
