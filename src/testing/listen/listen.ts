import type { Server } from "node:net";
import type { AddressInfo } from "node:net";

import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import type { HttpRequest, HttpResponse } from "../http/index.js";
import { pathOf } from "../http/index.js";
import { routedServices, type ServerWires } from "../server.js";
import { createGrpcServer } from "./grpc-server.js";
import { createGrpcWeb, type RpcOverHttp } from "./grpc-web.js";
import { createHttpServer, type HttpHandler } from "./http-server.js";

/** Where and how a server listens. */
export interface ListenOptions {
  /**
   * The host name or address.
   * @defaultValue `"127.0.0.1"`
   */
  readonly host?: string | undefined;
  /**
   * The port for gRPC; 0 is any free one.
   * @defaultValue `0`
   */
  readonly grpcPort?: number | undefined;
  /**
   * The port for REST and blobs; 0 is any free one.
   * @defaultValue `0`
   */
  readonly httpPort?: number | undefined;
  /**
   * Whether the HTTP port also answers gRPC-Web and Connect, as a proxy would add
   * them. A server without one answers 415.
   * @defaultValue `false`
   */
  readonly grpcWeb?: boolean | undefined;
}

const optionNames: OptionNames<ListenOptions> = {
  host: true,
  grpcPort: true,
  httpPort: true,
  grpcWeb: true,
};

/** A server that listens. */
export interface ListeningServer extends AsyncDisposable {
  /** The address of gRPC over cleartext HTTP/2, such as `"http://127.0.0.1:8089"`. */
  readonly grpcUrl: string;
  /** The address of REST and of the signed blobs. */
  readonly httpUrl: string;
  /** Ends all connections, whatever runs on them, and stops listening. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens a server's wires on sockets.
 * @throws Error of Node when an address cannot be had, such as `EADDRINUSE`
 */
export async function listen(wires: ServerWires, options: ListenOptions): Promise<ListeningServer> {
  requireKnownOptions(options, optionNames);
  const { pipeline, calls, now } = wires;
  const host = options.host ?? "127.0.0.1";
  const address = { httpUrl: "" };
  const signedUrlBase = (): string => address.httpUrl;
  const rpcOverHttp =
    options.grpcWeb === true
      ? createGrpcWeb({ pipeline, calls, now, services: routedServices })
      : refuseRpcs;
  const handle: HttpHandler = (request) => rpcOverHttp(request) ?? wires.port.handle(request);
  const http = createHttpServer(handle, signedUrlBase);
  const grpc = createGrpcServer({ pipeline, calls, now, signedUrlBase });
  const stop = async (): Promise<void> => {
    grpc.destroySessions();
    http.closeAllConnections();
    await Promise.all([closed(http), closed(grpc.server)]);
  };
  try {
    address.httpUrl = await opened(http, host, options.httpPort ?? 0);
    const grpcUrl = await opened(grpc.server, host, options.grpcPort ?? 0);
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= stop());
    return { grpcUrl, httpUrl: address.httpUrl, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The answer of a server without a proxy to gRPC-Web and Connect. */
const refuseRpcs: RpcOverHttp = (request: HttpRequest) => {
  const contentType = request.headers.get("content-type") ?? "";
  const isRpc =
    /^application\/(grpc|connect)/.test(contentType) ||
    (request.method === "POST" &&
      routedServices.some((service) => pathOf(request.target).startsWith(`/${service.typeName}/`)));
  if (!isRpc) return undefined;
  const response: HttpResponse = {
    status: 415,
    headers: new Headers({
      "content-type": "application/grpc",
      "grpc-status": "3",
      "grpc-message": `invalid gRPC request content-type ${JSON.stringify(contentType)}`,
    }),
    body: new Uint8Array(),
  };
  return Promise.resolve(response);
};

function opened(server: Server, host: string, port: number): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(urlOf(server.address()));
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise<void>((resolve) => {
    // The only error of closing is that the server was not open.
    server.close(() => {
      resolve();
    });
  });
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") {
    throw new Error("the server has no address of host and port");
  }
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
