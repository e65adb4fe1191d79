import type { Transport } from "@connectrpc/connect";

import { requireObject } from "../internal/require-object.js";
import { parseBaseUrl } from "../transports/base-url.js";
import { createRestTransport, type RestTransportOptions } from "../transports/rest/index.js";
import { Connection, type ConnectionOptions } from "./connection.js";

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
  requireObject(options, "options", 'an object such as { baseUrl: "https://…" }');
  // The interceptors add headers to every call, whichever transport carries it.
  const transport = createRestTransport({ ...options, headers: undefined });
  const { consoleUrl = `${parseBaseUrl(options.baseUrl).href}/console` } = options;
  return new Connection(transport, { ...options, consoleUrl });
}

/**
 * Connects over a Connect transport. Opens nothing: the first call does.
 *
 * @throws InvalidOptionError when there is no transport, or another option is invalid
 */
export function connectTransport(options: TransportConnectionOptions): Connection {
  requireObject(options, "options", "an object such as { transport }");
  requireObject(options.transport, "transport", "a Connect transport");
  return new Connection(options.transport, options);
}
