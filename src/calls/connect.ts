import type { Transport } from "@connectrpc/connect";

import {
  type OptionNames,
  requireKnownOptions,
  requireObject,
  invalidOption,
} from "../internal/validation/index.js";
import { parseBaseUrl } from "../transports/index.js";
import {
  createRestTransport,
  type RestTransportOptions,
  restTransportOptionNames,
} from "../transports/rest/index.js";
import { InvalidOptionError } from "../errors/index.js";
import { Connection, connectionOptionNames, type ConnectionOptions } from "./connection.js";

/** Options of a connection over FlyteAdmin's REST gateway, in a browser or in Node. */
export interface RestConnectionOptions
  extends ConnectionOptions, Omit<RestTransportOptions, "fetch" | "headers"> {
  /** Excluded by `baseUrl`. */
  readonly transport?: never;
}

/** Options of a connection over any Connect transport, such as one of `flyte-admin-client/node`. */
export interface TransportConnectionOptions extends ConnectionOptions {
  /** Carries the calls. */
  readonly transport: Transport;
  /** Excluded by `transport`. */
  readonly baseUrl?: never;
}

const restConnectionNames: OptionNames<RestConnectionOptions> = {
  ...connectionOptionNames,
  ...restTransportOptionNames,
  transport: true,
};

const transportConnectionNames: OptionNames<TransportConnectionOptions> = {
  ...connectionOptionNames,
  transport: true,
  baseUrl: true,
};

/**
 * Connects to FlyteAdmin's REST gateway. Opens nothing: the first call does.
 *
 * @example
 * ```ts
 * const flyte = connectRest({ baseUrl: "https://flyte.example.com" });
 * for await (const attempt of listTaskExecutions(flyte, { nodeExecutionId })) console.log(attempt);
 * ```
 * @throws InvalidOptionError when the base URL or another option is invalid
 */
export function connectRest(options: RestConnectionOptions): Connection {
  const expected = 'an object such as { baseUrl: "https://…" }';
  if ("tls" in requireObject(options, "options", expected)) {
    const problem =
      "tls is not an option of REST. In Node pass fetch: createNodeFetch({ baseUrl, tls }), of flyte-admin-client/node.";
    throw new InvalidOptionError(problem, { option: "tls" });
  }
  requireKnownOptions(options, restConnectionNames, "options", expected);
  // The interceptors add headers to every call, whichever transport carries it.
  const { baseUrl, fetch, credentials, readMaxBytes, sendTimeoutHeader } = options;
  const wire = { baseUrl, fetch, credentials, readMaxBytes, sendTimeoutHeader };
  const transport = createRestTransport(wire);
  const { consoleUrl = `${parseBaseUrl(baseUrl).href}/console` } = options;
  return new Connection(transport, { ...options, consoleUrl });
}

/**
 * Connects over a Connect transport. Opens nothing: the first call does.
 *
 * @throws InvalidOptionError when there is no transport, or another option is invalid
 */
export function connectTransport(options: TransportConnectionOptions): Connection {
  const expected = "an object such as { transport }";
  requireKnownOptions(options, transportConnectionNames, "options", expected);
  const transport: object = requireObject(options.transport, "transport", "a Connect transport");
  if (!("unary" in transport)) {
    const isServer = "transport" in transport;
    const remedy = isServer ? "Pass its transport()." : undefined;
    throw invalidOption("transport", "a Connect transport", transport, remedy);
  }
  return new Connection(options.transport, options);
}
