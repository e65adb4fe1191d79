import { Agent, type IncomingMessage, request } from "node:http";
import { Agent as TlsAgent, request as requestOverTls } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import {
  type HttpProxy,
  nodeFaultOf,
  type NodeTls,
  nodeTlsElsewhere,
  nodeTlsOf,
  parseProxyUrl,
  ProxyTunnel,
  type TlsOptions,
} from "../transports/grpc/index.js";
import { parseBaseUrl } from "../transports/index.js";

/** Options that the `fetch` of Node lacks. */
export interface NodeFetchOptions {
  /**
   * The certificates of both sides, as for `createGrpcTransport`.
   * @defaultValue the public authorities, and no certificate of the client's
   */
  readonly tls?: TlsOptions | undefined;
  /**
   * The server that `tls` is for. Elsewhere, as at an issuer or a storage, only `tls.ca` holds, beside the public
   * authorities: no certificate of the client's is shown, and every certificate is checked.
   * @defaultValue every host
   */
  readonly baseUrl?: string | undefined;
  /**
   * The HTTP proxy to go through, such as `http://proxy.example.com:3128`.
   * @defaultValue none
   */
  readonly proxyUrl?: string | undefined;
}

const optionNames: OptionNames<NodeFetchOptions> = { tls: true, baseUrl: true, proxyUrl: true };

/** A `fetch` for the requests of this package: text or bytes as body, and redirects as they come. */
export type NodeFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` with TLS options and a proxy of its own, which the one of Node does not take without a
 * dispatcher of another package. It does not follow redirects. Addresses that neither concerns go
 * to the global `fetch`.
 *
 * @throws InvalidOptionError for a proxy that is not an HTTP proxy, for an invalid `baseUrl`, or for invalid certificates.
 */
export function createNodeFetch(options: NodeFetchOptions): NodeFetch {
  const { tls, baseUrl, proxyUrl } = requireKnownOptions(options, optionNames);
  const proxy = proxyUrl === undefined ? undefined : parseProxyUrl(proxyUrl);
  const own = agentsFor(nodeTlsOf(tls), proxy);
  const others = baseUrl === undefined ? own : agentsFor(nodeTlsElsewhere(tls), proxy);
  const host = baseUrl === undefined ? undefined : new URL(parseBaseUrl(baseUrl).href).host;
  return async (input, init) => {
    // A request takes the stream of its body, so none is made for what the global `fetch` sends.
    const isTls = (input instanceof Request ? input.url : String(input)).startsWith("https:");
    if (!isTls && proxy === undefined) return globalThis.fetch(input, init);
    const asked = new Request(input, init);
    const agents = new URL(asked.url).host === host ? own : others;
    return send(asked, await bodyOf(asked, init), isTls, agents);
  };
}

/** Streams, such as files, are sent as they are read. As `fetch` does, all else is read before it is sent. */
async function bodyOf(
  asked: Request,
  init?: RequestInit,
): Promise<Readable | Uint8Array | undefined> {
  if (asked.body === null) return undefined;
  if (!(init?.body instanceof ReadableStream)) return new Uint8Array(await asked.arrayBuffer());
  // Node's stream type and the DOM's are one class at run time and two to the compiler.
  return Readable.fromWeb(asked.body as ReadableStream as NodeReadableStream);
}

interface Agents {
  readonly tls: TlsAgent;
  readonly plain: Agent;
}

function agentsFor(tls: NodeTls, proxy: HttpProxy | undefined): Agents {
  const agents = {
    tls: new TlsAgent({ keepAlive: true, ...tls }),
    plain: new Agent({ keepAlive: true }),
  };
  if (proxy === undefined) return agents;
  const tunnel = ({ host, port }: ConnectionTarget) =>
    new ProxyTunnel(proxy, `${host ?? "localhost"}:${port ?? 443}`);
  return {
    tls: Object.assign(agents.tls, {
      createConnection: (target: ConnectionTarget) => connectThrough(tunnel(target), target),
    }),
    plain: Object.assign(agents.plain, { createConnection: tunnel }),
  };
}

/** A TLS socket of Node over a stream that is none of its own does not know how to let the process end. */
function connectThrough(tunnel: ProxyTunnel, target: ConnectionTarget): TLSSocket {
  const socket = connect({ ...target, socket: tunnel });
  socket.once("close", () => tunnel.destroy());
  return Object.assign(socket, {
    ref: () => {
      tunnel.ref();
      return socket;
    },
    unref: () => {
      tunnel.unref();
      return socket;
    },
  });
}

/** The connection that an agent of Node asks for. */
type ConnectionTarget = ConnectionOptions;

function send(
  asked: Request,
  body: Readable | Uint8Array | undefined,
  isTls: boolean,
  agents: Agents,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(asked.headers);
    const start = isTls ? requestOverTls : request;
    const outgoing = start(
      asked.url,
      {
        method: asked.method,
        agent: isTls ? agents.tls : agents.plain,
        signal: asked.signal,
        headers:
          body instanceof Uint8Array ? { ...headers, "content-length": body.length } : headers,
      },
      (incoming) => {
        try {
          resolve(toResponse(incoming));
        } catch (error) {
          reject(error instanceof Error ? error : new Error("the answer cannot be read"));
        }
      },
    );
    outgoing.on("error", (error) => {
      const reason: unknown = asked.signal.reason;
      if (asked.signal.aborted) reject(reason instanceof Error ? reason : error);
      else reject(new TypeError("fetch failed", { cause: nodeFaultOf(error) ?? error }));
    });
    if (!(body instanceof Readable)) return void outgoing.end(body);
    // A body that breaks ends the request, whose error is handled above.
    pipeline(body, outgoing).catch(() => undefined);
  });
}

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = incoming.statusCode ?? 0;
  if (status === 204 || status === 304) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  // Node's stream type and the DOM's are one class at run time and two to the compiler.
  const body = Readable.toWeb(incoming) as NodeReadableStream<Uint8Array> as ReadableStream;
  return new Response(body, { status, headers });
}
