import { create, type DescMessage, type DescMethod, type MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";

import {
  createSecretMask,
  DeadlineExceededError,
  errorText,
  secretsOfHeaders,
  UnexpectedResponseError,
} from "../../errors/index.js";
import {
  callAbortError,
  type DeadlineOptions,
  withDeadline,
} from "../../internal/cancellation/index.js";
import type { FetchFunction } from "../../internal/index.js";
import {
  checkFunction,
  type OptionNames,
  requireHeaders,
  requireKnownOptions,
} from "../../internal/validation/index.js";
import { parseBaseUrl } from "../base-url.js";
import { fetchOnce, isDeadlineArmed } from "../fetch-once.js";
import { readMaxBytesOf } from "../read-body.js";
import { fieldPathIn, valueAt } from "./query.js";
import { messageFrom, octetStream } from "./rest-response.js";
import { restRequestOf, unsupported, type RestRequest } from "./rest-request.js";
import { routeOf, type Route } from "./route.js";

/** Options of the REST transport: the address of FlyteAdmin's REST gateway, and how to call it. */
export interface RestTransportOptions {
  /** The server's address with its scheme, and a path prefix where a proxy adds one; without `/api/v1`. */
  readonly baseUrl: string;
  /**
   * Makes the requests.
   * @defaultValue the global `fetch`, looked up at each call
   */
  readonly fetch?: FetchFunction | undefined;
  /**
   * The browser's handling of cookies. `"include"` takes a session's cookies to another origin,
   * which needs explicit allowedOrigins on the server. Left out, nothing is passed to `fetch`.
   */
  readonly credentials?: RequestCredentials | undefined;
  /**
   * Headers of every request. From a page on another origin FlyteAdmin's CORS lets only
   * `flyte-authorization` through by default, and refuses `authorization`, for example.
   */
  readonly headers?: HeadersInit | undefined;
  /**
   * The longest answer that is read, in bytes. It bounds the bytes, not the memory of the decoded message: a
   * server that means harm can send one message per two bytes, each of some hundred bytes in memory.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly readMaxBytes?: number | undefined;
  /**
   * Whether to tell the server how long the client waits (`grpc-timeout`), so that it stops
   * work in vain. FlyteAdmin's CORS refuses the header, so leave it off in pages.
   * @defaultValue false
   */
  readonly sendTimeoutHeader?: boolean | undefined;
}

/** The names of {@link RestTransportOptions}. */
export const restTransportOptionNames: OptionNames<RestTransportOptions> = {
  baseUrl: true,
  fetch: true,
  credentials: true,
  headers: true,
  readMaxBytes: true,
  sendTimeoutHeader: true,
};

/** A longer address is sent as the body of a POST where that is safe: proxies commonly refuse above 8 kB. */
const maxUrlLength = 8_000;

/**
 * A Connect transport for the REST gateway of a stock FlyteAdmin, for anything that has
 * `fetch`. Paths, queries and bodies follow the table of its routes; messages go and come as binary protobuf. Redirects are not followed.
 *
 * An answer with a status is thrown as `ConnectError`; what has more to tell is thrown
 * as a `FlyteError`. `withInterceptors` makes a `FlyteError` of either.
 *
 * @throws InvalidOptionError for a `baseUrl` or `readMaxBytes` that is invalid.
 */
export function createRestTransport(options: RestTransportOptions): Transport {
  requireKnownOptions(options, restTransportOptionNames, "options", "an object with baseUrl");
  checkFunction(options.fetch, "fetch");
  const baseUrl = parseBaseUrl(options.baseUrl);
  const readMaxBytes = readMaxBytesOf(options.readMaxBytes);
  const routes = new Map<DescMethod, Route>();
  const routeFor = (method: DescMethod): Route => {
    const route = routes.get(method) ?? routeOf(method);
    if (route === undefined) throw unsupported(method, "this RPC", "noRoute");
    routes.set(method, route);
    return route;
  };

  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const rpc = method.name;
      const route = routeFor(method);
      const request = restRequestOf(route, create(method.input, input));
      const headers = requireHeaders(options.headers);
      requireHeaders(header).forEach((value, name) => {
        headers.set(name, value);
      });
      if (options.sendTimeoutHeader === true && timeoutMs !== undefined && timeoutMs > 0) {
        headers.set("grpc-timeout", `${Math.min(99_999_999, Math.ceil(timeoutMs))}m`);
      }
      const { url, init } = httpRequestOf(baseUrl.href, route, request, headers);
      const { authority } = baseUrl;
      // Made when there is a text to clean, as few calls fail.
      const mask = (text: string) => createSecretMask(secretsOfHeaders(headers))(text);
      const context = { rpc, authority, fetch: options.fetch, readMaxBytes, mask };
      const exchange = async (signal: AbortSignal) => {
        const response = await fetchOnce(context, url, {
          ...init,
          signal,
          ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
        });
        return { response, message: await messageFrom(context, method.output, response) };
      };
      const { response, message } = await (signal !== undefined && isDeadlineArmed(contextValues)
        ? exchange(signal)
        : withDeadline(ownDeadline(rpc, signal, timeoutMs), exchange));
      checkRow(method, request, message, authority);
      return {
        stream: false,
        service: method.parent,
        method,
        header: response.headers,
        trailer: new Headers(),
        message,
      };
    },
    stream(method) {
      return Promise.reject(
        new ConnectError(
          `${method.name} streams, and the REST gateway carries no streams`,
          Code.Unimplemented,
        ),
      );
    },
  };
}

/** The deadline of a call that comes without the interceptors of a client. */
function ownDeadline(
  rpc: string,
  signal: AbortSignal | undefined,
  timeoutMs: number | undefined,
): DeadlineOptions {
  const isAborted = signal?.aborted === true;
  return {
    signals: [signal],
    timeoutMs,
    timeoutError: (limitMs) => {
      const words = `there was no answer within ${limitMs} ms`;
      const text = errorText(rpc, "DEADLINE_EXCEEDED", words);
      return new DeadlineExceededError(text, { rpc, attempts: 1 });
    },
    // A signal that aborted before has kept the request from being sent.
    abortError: (source) => callAbortError(source, rpc, { attempts: isAborted ? 0 : 1 }),
  };
}

function httpRequestOf(
  base: string,
  route: Route,
  request: RestRequest,
  headers: Headers,
): { url: string; init: RequestInit } {
  headers.set("accept", octetStream);
  const url = base + request.path + (request.query === "" ? "" : `?${request.query}`);
  if (request.body !== undefined) {
    headers.set("content-type", octetStream);
    return { url, init: { method: request.verb, headers, body: request.body } };
  }
  if (url.length > maxUrlLength && route.takesForm) {
    // With a charset behind it, as fetch would write it, the gateway answers 501.
    headers.set("content-type", "application/x-www-form-urlencoded");
    const body = new TextEncoder().encode(request.query);
    return { url: base + request.path, init: { method: "POST", headers, body } };
  }
  return { url, init: { method: request.verb, headers } };
}

/** Refuses another row: a server that does not know the override of a path by the query answers with one. */
function checkRow<O extends DescMessage>(
  method: DescMethod & { readonly output: O },
  { overridden, asked }: RestRequest,
  message: MessageShape<O>,
  authority: string,
): void {
  const path = overridden && fieldPathIn(method.output, overridden.protoName);
  if (path === undefined) return;
  const came = valueAt(message, path);
  if (came === asked) return;
  const words = `${authority} answered with another row: ${path.localName} is ${JSON.stringify(came)} instead of ${JSON.stringify(asked)}`;
  throw new UnexpectedResponseError(
    errorText(
      method.name,
      "UNIMPLEMENTED",
      words,
      "This server's REST gateway cannot reach that name. Use gRPC (the /node entry point).",
    ),
    { rpc: method.name, code: "UNIMPLEMENTED", attempts: 1, status: 200, contentType: octetStream },
  );
}
