import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers a request, as `fetch` does. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** A handler on a socket. */
export interface ListeningHandler extends AsyncDisposable {
  /** The address, such as `"http://127.0.0.1:8088"`. */
  readonly url: string;
  /** Stops listening. May be called again. */
  close(): Promise<void>;
}

/** Opens a `fetch` handler on a port of this machine, over HTTP/1.1. A handler that fails breaks the connection. */
export async function listenFetch(
  handler: FetchHandler,
  options: { readonly host?: string | undefined; readonly port?: number | undefined },
): Promise<ListeningHandler> {
  const host = options.host ?? "127.0.0.1";
  const server = createServer((message, response) => {
    serve(handler, message, response).catch(() => message.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  // A TCP server that listens has an address of host and port.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  return { url: `http://${host}:${port}`, close, [Symbol.asyncDispose]: close };
}

async function serve(
  handler: FetchHandler,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  const method = message.method ?? "GET";
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const body = method === "GET" || method === "HEAD" ? null : Buffer.concat(chunks);
  const url = `http://${message.headers.host ?? "localhost"}${message.url ?? "/"}`;
  const answer = await handler(new Request(url, { method, headers, body }));
  answer.headers.forEach((value, name) => response.appendHeader(name, value));
  response.statusCode = answer.status;
  response.end(new Uint8Array(await answer.arrayBuffer()));
}
