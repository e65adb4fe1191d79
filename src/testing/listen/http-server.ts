import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { type HttpRequest, type HttpResponse, maxHeaderBytes } from "../http/index.js";

/** Answers requests to the HTTP port. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** Makes an HTTP/1.1 server, not yet listening, that hands requests on as they stood on the wire. */
export function createHttpServer(handle: HttpHandler, signedUrlBase: () => string): Server {
  const server = createServer({ maxHeaderSize: maxHeaderBytes }, (message, response) => {
    void serve(message, response, handle, signedUrlBase());
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const status =
      error.code === "HPE_HEADER_OVERFLOW"
        ? "431 Request Header Fields Too Large"
        : "400 Bad Request";
    socket.end(
      `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${status}`,
    );
  });
  return server;
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  handle: HttpHandler,
  signedUrlBase: string,
): Promise<void> {
  const controller = new AbortController();
  response.on("close", () => {
    // Nobody waits any more for the end of a call that was answered.
    if (!response.writableFinished) controller.abort();
  });
  try {
    send(response, message, await handle(toRequest(message, controller.signal, signedUrlBase)));
  } catch {
    // The handler answers whatever comes; it fails only for a caller who went away.
    message.socket.destroy();
  }
}

function toRequest(
  message: IncomingMessage,
  signal: AbortSignal,
  signedUrlBase: string,
): HttpRequest {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return {
    method: message.method ?? "GET",
    target: message.url ?? "/",
    headers,
    accept: message.headersDistinct["accept"] ?? [],
    body: () => readAll(message),
    signal,
    signedUrlBase,
  };
}

async function readAll(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, message: IncomingMessage, answer: HttpResponse): void {
  if (answer.breaks === "before") {
    message.socket.resetAndDestroy();
    return;
  }
  answer.headers.forEach((value, name) => response.appendHeader(name, value));
  // A HEAD answer has no body, and the length that it would have is not known here.
  if (message.method !== "HEAD") response.setHeader("content-length", answer.body.length);
  response.statusCode = answer.status;
  if (answer.breaks === "within") {
    response.write(answer.body.subarray(0, answer.body.length >> 1), () => {
      message.socket.destroy();
    });
  } else {
    response.end(answer.body);
  }
}
