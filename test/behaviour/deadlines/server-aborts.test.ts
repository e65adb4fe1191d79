import { createServer as createHttp1Server } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient, isFlyteError } from "../../../src/index.js";
import { createGrpcWebTransport } from "../../../src/grpc-web.js";
import { createGrpcTransport } from "../../../src/node.js";
import { seededRandom } from "../faults/seeded-random.js";

// DEADLINE_SEED and DEADLINE_CALLS (of each wire) choose others; 10,000 calls take about three minutes.
const { DEADLINE_SEED = "1", DEADLINE_CALLS = "240" } = process.env;

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
class Aborter {
  readonly #earlyMs: number;
  #calls = 0;

  constructor(earlyMs: number) {
    this.#earlyMs = earlyMs;
  }

  schedule(headers: Readonly<Record<string, unknown>>, end: (abort: Abort) => void): void {
    const sent = headers["grpc-timeout"] ?? headers["connect-timeout-ms"];
    const ms = Number(/^(\d+)m?$/.exec(String(sent))?.[1]);
    const abort = aborts[(this.#calls += 1) % aborts.length] ?? "reset";
    setTimeout(end, Math.max(0, ms - this.#earlyMs), abort);
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

interface AbortingWire {
  readonly serve: (aborter: Aborter) => Server;
  readonly open: (baseUrl: string) => AdminClient;
}

const abortingWires: Readonly<Record<string, AbortingWire>> = {
  gRPC: {
    serve: grpcServer,
    open: (baseUrl) => new AdminClient({ transport: createGrpcTransport({ baseUrl }) }),
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
    open: (baseUrl) =>
      new AdminClient({ transport: createGrpcWebTransport({ baseUrl, protocol: "grpc-web" }) }),
  },
  Connect: {
    serve: (aborter) =>
      http1Server(aborter, (abort) => ({
        status: httpStatuses[abort],
        headers: json,
        body: JSON.stringify({ code: connectCodes[abort], message: wordsOf(abort) }),
      })),
    open: (baseUrl) =>
      new AdminClient({ transport: createGrpcWebTransport({ baseUrl, protocol: "connect" }) }),
  },
  "REST with sendTimeoutHeader": {
    serve: (aborter) =>
      http1Server(aborter, (abort) => ({
        status: httpStatuses[abort],
        headers: json,
        body: JSON.stringify({ code: abort, error: wordsOf(abort), message: wordsOf(abort) }),
      })),
    open: (baseUrl) => new AdminClient({ baseUrl, sendTimeoutHeader: true }),
  },
};

describe.each(
  Object.entries(abortingWires).flatMap(([name, wire]) => [
    [name, "at the deadline", wire, 0] as const,
    [name, "a little before the client's timer", wire, 4] as const,
  ]),
)("Over %s, a server that aborts calls %s", (_, __, wire, earlyMs) => {
  let server: Server;
  let admin: AdminClient;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    server = wire.serve(new Aborter(earlyMs));
    server.on("connection", (socket: Socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    admin = wire.open(`http://127.0.0.1:${port}`);
  });
  afterAll(() => {
    admin.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  const codeOf = async (timeoutMs: number): Promise<string> => {
    try {
      await admin.identity.getServerVersion({ timeoutMs });
      return "OK";
    } catch (error) {
      return isFlyteError(error) ? `${error.name} ${error.code}` : String(error);
    }
  };

  it.each([
    ["one at a time", 1, false, 0.1],
    ["sixteen at a time", 16, false, 0.45],
    ["sixteen at a time on a busy event loop", 16, true, 0.45],
  ])(
    `ends every call as a DeadlineExceededError, %s, with the limits of seed ${DEADLINE_SEED}`,
    async (_, parallel, isBusy, share) => {
      const random = seededRandom(Number(DEADLINE_SEED));
      const calls = (Number(DEADLINE_CALLS) / 2) * share;
      const codes = new Set<string>();
      const busy = setInterval(() => {
        const until = performance.now() + (isBusy ? 15 : 0);
        while (performance.now() < until);
      }, 20);
      try {
        for (let done = 0; done < calls; done += parallel) {
          const limits = Array.from({ length: parallel }, () => 1 + random.below(200));
          for (const code of await Promise.all(limits.map(codeOf))) codes.add(code);
        }
      } finally {
        clearInterval(busy);
      }
      expect([...codes]).toEqual(["DeadlineExceededError DEADLINE_EXCEEDED"]);
    },
    60_000 + Number(DEADLINE_CALLS) * 1_000,
  );
});
