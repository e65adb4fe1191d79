import type { Transport } from "@connectrpc/connect";

import {
  type OptionNames,
  requireKnownOptions,
  requireObject,
} from "../internal/validation/index.js";
import { parseBaseUrl } from "../transports/index.js";
import {
  createRestTransport,
  type RestTransportOptions,
  restTransportOptionNames,
} from "../transports/rest/index.js";
import { Connection, connectionSettingNames, type ConnectionOptions } from "./connection.js";

/** Options of a connection over FlyteAdmin's REST gateway, in a browser or in Node. */
export interface RestConnectionOptions
  extends ConnectionOptions, Omit<RestTransportOptions, "fetch" | "headers"> {
  readonly transport?: never;
}

/** Options of a connection over any Connect transport, such as one of `flyte-admin-client/node`. */
export interface TransportConnectionOptions extends ConnectionOptions {
  /** Carries the calls. */
  readonly transport: Transport;
  readonly baseUrl?: never;
}

const restConnectionNames: OptionNames<RestConnectionOptions> = {
  ...connectionSettingNames,
  ...restTransportOptionNames,
  transport: true,
};

const transportConnectionNames: OptionNames<TransportConnectionOptions> = {
  ...connectionSettingNames,
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
  requireObject(options.transport, "transport", "a Connect transport");
  return new Connection(options.transport, options);
}
