import type { SecureClientSessionOptions } from "node:http2";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls, type ConnectionOptions } from "node:tls";

import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import {
  createGrpcTransport as createNodeTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";

import {
  closedStream,
  detailsOf,
  flyteErrorOf,
  networkFaultOf,
  statusCodeOf,
} from "../../errors/index.js";
import {
  type OptionNames,
  requireInteger,
  requireKnownOptions,
  requireTimeLimit,
} from "../../internal/validation/index.js";
import { parseBaseUrl } from "../base-url.js";
import { connectionError } from "../fetch-once.js";
import { NodeFault, nodeFaultOf } from "./node-fault.js";
import { type HttpProxy, parseProxyUrl, ProxyTunnel } from "./proxy-tunnel.js";
import { createSessions, type Line } from "./sessions.js";
import { nodeTlsOf, refuseTlsIn, type TlsOptions } from "./tls-options.js";

/** Options of the gRPC transport: the address of FlyteAdmin's gRPC port, and how to call it. */
export interface GrpcTransportOptions {
  /** The server's address with its scheme: `https://flyte.example.com`, or `http://localhost:8089` for HTTP/2 without TLS. */
  readonly baseUrl: string;
  /**
   * The HTTP/2 flow-control window in bytes, of the connection and of each call. Node's own
   * 64 KiB bound a list at a round trip of 50 ms to about 1.3 MB/s.
   * @defaultValue 8388608 (8 MiB)
   */
  readonly flowControlWindowBytes?: number | undefined;
  /**
   * The longest answer that is read, in bytes. It bounds the bytes, not the memory of the decoded message: a
   * server that means harm can send one message per two bytes, each of some hundred bytes in memory.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly readMaxBytes?: number | undefined;
  /**
   * The time that an idle connection is kept open, in milliseconds. Load balancers commonly drop
   * one after about 10 minutes, without notice.
   * @defaultValue 240000 (4 minutes)
   */
  readonly idleConnectionTimeoutMs?: number | undefined;
  /**
   * The certificates of both sides: `ca` for the server's own certificate authority, `cert` and
   * `key` for a certificate of the client's, and `servername`.
   * @defaultValue the public authorities, and no certificate of the client's
   */
  readonly tls?: TlsOptions | undefined;
  /** Other options of Node's `http2.connect`, such as `minVersion`. What `tls` has is not taken here. */
  readonly nodeOptions?:
    Omit<SecureClientSessionOptions, keyof TlsOptions | "rejectUnauthorized"> | undefined;
  /**
   * The HTTP proxy to go through, such as `http://proxy.example.com:3128`; `https_proxy` of the
   * environment is not read.
   * @defaultValue none
   */
  readonly proxyUrl?: string | undefined;
}

const optionNames: OptionNames<GrpcTransportOptions> = {
  baseUrl: true,
  flowControlWindowBytes: true,
  readMaxBytes: true,
  idleConnectionTimeoutMs: true,
  tls: true,
  nodeOptions: true,
  proxyUrl: true,
};

/** A gRPC transport that holds a connection. */
export interface GrpcTransport extends Transport, Disposable {
  /** Closes the connection and ends the calls on it. A later call opens a new one. */
  readonly close: () => void;
}

const defaultFlowControlWindowBytes = 8_388_608;
const defaultReadMaxBytes = 67_108_864;
const defaultIdleMs = 240_000;

/**
 * A Connect transport for FlyteAdmin's gRPC port, for Node, Bun and Deno. It holds one HTTP/2
 * connection, opened by the first call and opened again when it was lost, and does not keep
 * the process alive.
 *
 * @throws InvalidOptionError for a `baseUrl`, a number of bytes, a proxy or certificates that are invalid.
 */
export function createGrpcTransport(options: GrpcTransportOptions): GrpcTransport {
  requireKnownOptions(options, optionNames, "options", "an object with baseUrl");
  requireTimeLimit(options.idleConnectionTimeoutMs, "idleConnectionTimeoutMs");
  const { href, authority } = parseBaseUrl(options.baseUrl);
  const windowBytes = bytesOf(
    "flowControlWindowBytes",
    options.flowControlWindowBytes,
    defaultFlowControlWindowBytes,
  );
  const proxy = options.proxyUrl === undefined ? undefined : parseProxyUrl(options.proxyUrl);
  refuseTlsIn(options.nodeOptions);
  const tls = nodeTlsOf(options.tls);
  const sessions = createSessions(
    (onLine) =>
      new Http2SessionManager(
        href,
        { idleConnectionTimeoutMs: options.idleConnectionTimeoutMs ?? defaultIdleMs },
        {
          ...options.nodeOptions,
          ...tls,
          settings: { ...options.nodeOptions?.settings, initialWindowSize: windowBytes },
          ...(proxy && {
            createConnection: throughProxy(proxy, authority, onLine, {
              ...options.nodeOptions,
              ...tls,
            }),
          }),
        },
      ),
    windowBytes,
  );
  const transport = createNodeTransport({
    baseUrl: href,
    readMaxBytes: bytesOf("readMaxBytes", options.readMaxBytes, defaultReadMaxBytes),
    sessionManager: sessions,
  });
  return {
    unary: (...call) =>
      sessions
        .run(() => transport.unary(...call))
        .catch((error: unknown): never => {
          throw explained(call[0].name, authority, error);
        }),
    stream: (...call) => transport.stream(...call),
    close: sessions.close,
    [Symbol.dispose]: sessions.close,
  };
}

function throughProxy(
  proxy: HttpProxy,
  authority: string,
  onLine: (line: Line) => void,
  tls: ConnectionOptions,
): (url: URL) => Duplex {
  return ({ protocol, hostname }) => {
    const socket = new ProxyTunnel(proxy, authority);
    onLine(socket);
    if (protocol !== "https:") return socket;
    const host = hostname.replace(/^\[|\]$/g, "");
    // Over a socket that it did not open, Node checks the certificate for "localhost" unless the host is given.
    const servername = isIP(host) === 0 ? { servername: host } : {};
    return connectTls({ host, ...servername, ...tls, ALPNProtocols: ["h2"], socket });
  };
}

/**
 * The error that the caller gets. Node drops a header whose value ends in white space, which HTTP/2
 * forbids and FlyteAdmin sends: the error's text is then gone.
 */
function explained(rpc: string, authority: string, error: unknown): unknown {
  if (!(error instanceof ConnectError) || !isWithoutText(error)) {
    return named(rpc, authority, error);
  }
  return flyteErrorOf(statusCodeOf(error.code), textIsGone, {
    rpc,
    attempts: 1,
    headers: error.metadata,
    details: detailsOf(error),
    serverMessage: "",
  });
}

const textIsGone =
  "the server's text did not arrive: it sent none, or one that ends in white space, which Node's HTTP/2 drops (REST delivers it)";

function isWithoutText({ metadata, rawMessage }: ConnectError): boolean {
  return metadata.has("grpc-status") && !metadata.get("grpc-message") && rawMessage === "";
}

/** Names the server where the connection failed: the system's own text may have no address, or none that was given. */
function named(rpc: string, authority: string, error: unknown): unknown {
  const isAnswer = error instanceof ConnectError && error.metadata.has("content-type");
  const isEnd =
    error instanceof ConnectError &&
    (error.code === Code.Canceled || error.code === Code.DeadlineExceeded);
  if (isAnswer) return error;
  if (error instanceof ConnectError && closedStream.test(error.rawMessage)) {
    const closed = new NodeFault(error.rawMessage, undefined, error.cause);
    return connectionError(rpc, authority, closed, "lost the connection to");
  }
  if (isEnd) return error;
  const fault = nodeFaultOf(error);
  if (fault !== undefined || networkFaultOf(error) !== undefined) {
    return connectionError(rpc, authority, fault ?? error);
  }
  return error;
}

/** The largest window of HTTP/2, and the longest message of gRPC that Connect reads. */
const maxBytes = 2_147_483_647;

function bytesOf(option: string, value: number | undefined, byDefault: number): number {
  return requireInteger(value ?? byDefault, option, { min: 1, max: maxBytes, unit: "bytes" });
}
