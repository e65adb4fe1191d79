import { createServer as createHttp1Server } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { Server } from "node:net";

import { AdminClient, type ConnectionOptions, isFlyteError } from "../../../src/index.js";
import { createGrpcWebTransport } from "../../../src/grpc-web.js";
import { createGrpcTransport } from "../../../src/node.js";
import { listenOnLoopback } from "../../../tools/lib/loopback.mjs";

/** How servers end a call whose deadline has passed, by the gRPC status or by closing the stream. */
const aborts = ["reset", 4, 1, 13, 2] as const;
type Abort = (typeof aborts)[number];

/** The texts of FlyteAdmin and of what it calls. */
function wordsOf(abort: Abort): string {
  if (abort === 13) return "unexpected error type for: context deadline exceeded";
  if (abort === 2) return "failed database operation with context canceled";
  return "context deadline exceeded";
}

/** Aborts each call when the time that its client sends is over, in every manner in turn. */
export class Aborter {
  readonly #earlyMs: number;
  #calls = 0;
  #waiting = 0;

  constructor(earlyMs: number) {
    this.#earlyMs = earlyMs;
  }

  schedule(headers: Readonly<Record<string, unknown>>, end: (abort: Abort) => void): void {
    const sent = headers["grpc-timeout"] ?? headers["connect-timeout-ms"];
    const ms = Number(/^(\d+)m?$/.exec(String(sent))?.[1]);
    const abort = aborts[(this.#calls += 1) % aborts.length] ?? "reset";
    this.#waiting += 1;
    setTimeout(
      () => {
        this.#waiting -= 1;
        end(abort);
      },
      Math.max(0, ms - this.#earlyMs),
    );
  }

  /** How many calls have come and are not ended yet. */
  get waiting(): number {
    return this.#waiting;
  }
}

/** A gRPC server that answers no call. */
function grpcServer(aborter: Aborter): Server {
  return createHttp2Server().on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    aborter.schedule(headers, (abort) => {
      if (stream.destroyed) return;
      if (abort === "reset") {
        // NGHTTP2_CANCEL
        stream.close(8);
        return;
      }
      const answer = {
        ":status": 200,
        "content-type": "application/grpc+proto",
        "grpc-status": String(abort),
        "grpc-message": wordsOf(abort),
      };
      stream.respond(answer, { endStream: true });
    });
  });
}

/** A server of a wire over HTTP/1.1 that answers no call. */
function http1Server(
  aborter: Aborter,
  answer: (abort: Exclude<Abort, "reset">) => Http1Answer,
): Server {
  return createHttp1Server((request, response) => {
    request.resume().on("error", () => undefined);
    aborter.schedule(request.headers, (abort) => {
      if (abort === "reset") {
        request.socket.destroy();
        return;
      }
      const { status, headers, body } = answer(abort);
      response.writeHead(status, headers).end(body);
    });
  });
}

interface Http1Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const httpStatuses = { 4: 504, 1: 499, 13: 500, 2: 500 } as const;
const connectCodes = {
  4: "deadline_exceeded",
  1: "canceled",
  13: "internal",
  2: "unknown",
} as const;
const json = { "content-type": "application/json" };

export interface AbortingWire {
  readonly serve: (aborter: Aborter) => Server;
  readonly open: (baseUrl: string, settings?: ConnectionOptions) => AdminClient;
}

export const abortingWires: Readonly<Record<string, AbortingWire>> = {
  gRPC: {
    serve: grpcServer,
    open: (baseUrl, settings) =>
      new AdminClient({ transport: createGrpcTransport({ baseUrl }), ...settings }),
  },
  "gRPC-Web": {
    serve: (aborter) =>
      http1Server(aborter, (abort) => ({
        status: 200,
        headers: {
          "content-type": "application/grpc-web+proto",
          "grpc-status": String(abort),
          "grpc-message": wordsOf(abort),
        },
      })),
    open: (baseUrl, settings) =>
      new AdminClient({
        transport: createGrpcWebTransport({ baseUrl, protocol: "grpc-web" }),
        ...settings,
      }),
  },
  Connect: {
    serve: (aborter) =>
      http1Server(aborter, (abort) => ({
        status: httpStatuses[abort],
        headers: json,
        body: JSON.stringify({ code: connectCodes[abort], message: wordsOf(abort) }),
      })),
    open: (baseUrl, settings) =>
      new AdminClient({
        transport: createGrpcWebTransport({ baseUrl, protocol: "connect" }),
        ...settings,
      }),
  },
  "REST with sendTimeoutHeader": {
    serve: (aborter) =>
      http1Server(aborter, (abort) => ({
        status: httpStatuses[abort],
        headers: json,
        body: JSON.stringify({ code: abort, error: wordsOf(abort), message: wordsOf(abort) }),
      })),
    open: (baseUrl, settings) => new AdminClient({ baseUrl, sendTimeoutHeader: true, ...settings }),
  },
};

/** A server on a port of its own, and a client of it. */
export interface AbortingServer {
  readonly admin: AdminClient;
  close(): Promise<void>;
}

export async function openServer(
  server: Server,
  open: AbortingWire["open"],
  settings?: ConnectionOptions,
): Promise<AbortingServer> {
  const { url, close } = await listenOnLoopback(server);
  const admin = open(url, settings);
  return {
    admin,
    close() {
      admin.close();
      return close();
    },
  };
}

/** The error of a call in a word, or OK. */
export async function resultOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "OK";
  } catch (error) {
    return isFlyteError(error) ? `${error.name} ${error.code}` : String(error);
  }
}
