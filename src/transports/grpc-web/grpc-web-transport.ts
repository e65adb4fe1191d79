import type { Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcWebTransport as createWebTransport,
} from "@connectrpc/connect-web";

import type { FetchFunction } from "../../internal/index.js";
import {
  checkFunction,
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
} from "../../internal/validation/index.js";
import { parseBaseUrl } from "../base-url.js";
import { answerTooLarge, boundBody, readMaxBytesOf } from "../read-body.js";
import { fetchOnce } from "../fetch-once.js";

/** Options of the gRPC-Web transport: the address of the proxy in front of FlyteAdmin, and how to call it. */
export interface GrpcWebTransportOptions {
  /** The proxy's address with its scheme, and a path prefix where it has one. */
  readonly baseUrl: string;
  /**
   * The protocol of the proxy. A stock FlyteAdmin speaks neither and answers 415.
   * @defaultValue "grpc-web"
   */
  readonly protocol?: "grpc-web" | "connect" | undefined;
  /**
   * Whether messages go in binary; else in JSON, which is about twice as large.
   * @defaultValue true
   */
  readonly useBinaryFormat?: boolean | undefined;
  /**
   * Makes the requests.
   * @defaultValue the global `fetch`, looked up at each call
   */
  readonly fetch?: FetchFunction | undefined;
  /** The browser's handling of cookies. Left out, nothing is passed to `fetch`. */
  readonly credentials?: RequestCredentials | undefined;
  /**
   * The longest answer that is read, in bytes. It bounds the bytes, not the memory of the decoded message: a
   * server that means harm can send one message per two bytes, each of some hundred bytes in memory.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly readMaxBytes?: number | undefined;
}

const optionNames: OptionNames<GrpcWebTransportOptions> = {
  baseUrl: true,
  protocol: true,
  useBinaryFormat: true,
  fetch: true,
  credentials: true,
  readMaxBytes: true,
};

const transports = { "grpc-web": createWebTransport, connect: createConnectTransport };

/**
 * A Connect transport for pages behind a proxy that speaks gRPC-Web, such as Envoy, or Connect.
 * Redirects are not followed.
 *
 * @throws InvalidOptionError for a `baseUrl` or `readMaxBytes` that is invalid.
 */
export function createGrpcWebTransport(options: GrpcWebTransportOptions): Transport {
  requireKnownOptions(options, optionNames, "options", "an object with baseUrl");
  checkFunction(options.fetch, "fetch");
  const { href, authority } = parseBaseUrl(options.baseUrl);
  const readMaxBytes = readMaxBytesOf(options.readMaxBytes);
  const { credentials } = options;
  const create = requireOneOf(transports, options.protocol ?? "grpc-web", "protocol");
  return create({
    baseUrl: href,
    useBinaryFormat: options.useBinaryFormat ?? true,
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const rpc = url.slice(url.lastIndexOf("/") + 1);
      const response = await fetchOnce({ rpc, authority, fetch: options.fetch }, url, {
        ...init,
        ...(credentials === undefined ? {} : { credentials }),
      });
      return boundBody(response, readMaxBytes, () => answerTooLarge(rpc, readMaxBytes));
    },
  });
}
