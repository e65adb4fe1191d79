import { createServer, type Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient, isFlyteError } from "../../../src/index.js";
import { createGrpcTransport, type GrpcTransport } from "../../../src/node.js";
import { seededRandom } from "../faults/seeded-random.js";

// DEADLINE_SEED and DEADLINE_CALLS choose others; 10,000 calls take about four minutes.
const { DEADLINE_SEED = "1", DEADLINE_CALLS = "60" } = process.env;

/** How servers end a call whose deadline has passed. */
const aborts = ["rst", "4", "1", "13", "2"] as const;

/** A gRPC server that answers no call, and aborts each at its `grpc-timeout`, as one of Go does. */
function abortingServer(earlyMs: number): Http2Server {
  let calls = 0;
  const server = createServer();
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    const ms = Number(/^(\d+)m$/.exec(String(headers["grpc-timeout"]))?.[1]);
    const abort = aborts[(calls += 1) % aborts.length];
    setTimeout(
      () => {
        if (stream.destroyed) return;
        // NGHTTP2_CANCEL
        if (abort === "rst" || abort === undefined) {
          stream.close(8);
          return;
        }
        const text =
          abort === "13"
            ? "unexpected error type for: context deadline exceeded"
            : abort === "2"
              ? "failed database operation with context canceled"
              : "context deadline exceeded";
        stream.respond(
          {
            ":status": 200,
            "content-type": "application/grpc+proto",
            "grpc-status": abort,
            "grpc-message": text,
          },
          { endStream: true },
        );
      },
      Math.max(0, ms - earlyMs),
    );
  });
  return server;
}

describe.each([
  ["at the deadline", 0],
  ["a little before the client's timer", 4],
])("A server that aborts calls %s", (_, earlyMs) => {
  let server: Http2Server;
  let transport: GrpcTransport;
  let admin: AdminClient;

  beforeAll(async () => {
    server = abortingServer(earlyMs);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${port}` });
    admin = new AdminClient({ transport });
  });
  afterAll(() => {
    transport.close();
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
    ["one at a time", 1, false],
    ["sixteen at a time", 16, false],
    ["sixteen at a time on a busy event loop", 16, true],
  ])(
    `ends every call as a DeadlineExceededError, %s, with the limits of seed ${DEADLINE_SEED}`,
    async (_, parallel, isBusy) => {
      const random = seededRandom(Number(DEADLINE_SEED));
      const calls = Number(DEADLINE_CALLS);
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
