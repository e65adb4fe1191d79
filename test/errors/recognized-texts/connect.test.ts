import { constants, createServer, type Http2Session, type ServerHttp2Stream } from "node:http2";
import { createServer as createTcpServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { create, toBinary } from "@bufbuild/protobuf";
import { ConnectError, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import {
  createConnectTransport as createWebConnectTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-web";
import { afterEach, describe, expect, it } from "@jest/globals";

import { ResourceListRequestSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { toFlyteError } from "../../../src/errors/index.js";
import {
  closedStream,
  saysTooLarge,
  transportTexts,
  unencodableField,
  unreadableAnswer,
} from "../../../src/errors/recognized-texts.js";
import { frame } from "../../testing/wires/raw-grpc.js";
import { listenOnLoopback } from "../../../tools/lib/loopback.mjs";

const method = AdminService.method.getVersion;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The text of the Connect error of a call. */
async function textOf(transport: Transport): Promise<string> {
  const error = await transport
    .unary(method, undefined, 30_000, undefined, create(method.input), undefined)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof ConnectError)) throw new Error(`not a ConnectError: ${String(error)}`);
  return error.rawMessage;
}

/** The text for an answer over gRPC-Web. */
function webText(
  body: Uint8Array | string,
  init: { status?: number; headers?: Record<string, string> } = {},
): Promise<string> {
  const headers = { "content-type": "application/grpc-web+proto", ...init.headers };
  const content = typeof body === "string" ? body : Buffer.from(body);
  return textOf(
    createGrpcWebTransport({
      baseUrl: "http://flyte.test",
      fetch: () => Promise.resolve(new Response(content, { ...init, headers })),
    }),
  );
}

async function listen(server: Server): Promise<string> {
  const { url, close } = await listenOnLoopback(server);
  closers.push(close);
  return url;
}

/** The text for what an HTTP/2 server does with a call. */
async function http2Text(
  answer: (stream: ServerHttp2Stream, manager: Http2SessionManager) => void,
): Promise<string> {
  const server = createServer().on("stream", (stream) => {
    stream.on("error", () => undefined);
    answer(stream, sessionManager);
  });
  const baseUrl = await listen(server);
  const sessionManager = new Http2SessionManager(baseUrl);
  closers.push(() => {
    sessionManager.abort();
  });
  return textOf(createGrpcTransport({ baseUrl, readMaxBytes: 1000, sessionManager }));
}

/** The reason for which a session manager has given its connection up. */
async function reasonOf(manager: Http2SessionManager): Promise<string> {
  for (let looks = 0; looks < 10_000; looks += 1) {
    const reason = manager.error();
    if (reason instanceof ConnectError) return reason.rawMessage;
    await sleep(2);
  }
  throw new Error("the session manager keeps its connection");
}

const grpc = { ":status": 200, "content-type": "application/grpc" };
const trailers = (text: string) => frame(new TextEncoder().encode(text), 0x80);

describe("protobuf-es", () => {
  const mistyped = { ...create(ResourceListRequestSchema), limit: "many" };
  const foreign = { ...create(ResourceListRequestSchema), id: create(ResourceListRequestSchema) };

  it.each([
    ["a value of another type", mistyped, "cannot encode field "],
    ["a message of another type", foreign, "cannot use field "],
  ])("names the field with %s in the words that are recognized", (_, message, words) => {
    let thrown: unknown;
    try {
      toBinary(ResourceListRequestSchema, message as never);
    } catch (error) {
      thrown = error;
    }
    expect(unencodableField.exec((thrown as Error).message)?.groups?.["why"]).toContain(words);
    expect(toFlyteError(thrown)).toMatchObject({ code: "INVALID_ARGUMENT", attempts: 0 });
  });

  it("is quoted by Connect in the words that are recognized", async () => {
    const server = createServer().on("stream", (stream) => stream.on("error", () => undefined));
    const transport = createConnectTransport({ baseUrl: await listen(server), httpVersion: "2" });
    const { listTasks } = AdminService.method;
    const call = transport.unary(listTasks, undefined, 0, undefined, mistyped as never, undefined);
    const error = await call.catch((thrown: unknown) => thrown);
    expect((error as ConnectError).rawMessage).toMatch(/^serialize binary: cannot encode field /);
    expect((error as ConnectError).rawMessage).toMatch(unencodableField);
  });
});

it("Node's text for a stream that the server refuses is known to mean that", async () => {
  const text = await http2Text((stream) => {
    stream.close(constants.NGHTTP2_REFUSED_STREAM);
  });
  expect(text).toBe("Stream closed with error code NGHTTP2_REFUSED_STREAM");
  expect(text).toMatch(closedStream);
});

describe("Connect's text for", () => {
  it.each<[string, string, () => Promise<string>]>([
    [
      "the status of a proxy",
      "HTTP 502",
      () => webText("", { status: 502, headers: { "content-type": "text/html" } }),
    ],
    [
      "an answer of another type",
      "unsupported content type",
      () =>
        textOf(
          createWebConnectTransport({
            baseUrl: "http://flyte.test",
            fetch: () =>
              Promise.resolve(new Response("", { headers: { "content-type": "text/html" } })),
          }),
        ),
    ],
    [
      "an unknown compression",
      "unsupported response encoding",
      () =>
        http2Text((stream) => {
          stream.respond({ ...grpc, "grpc-encoding": "none-such" });
          stream.end();
        }),
    ],
    [
      "an answer above the limit",
      "message size",
      () =>
        http2Text((stream) => {
          stream.respond(grpc);
          stream.end(frame(new Uint8Array(2000)));
        }),
    ],
    ["a cut answer", "protocol error: ", () => webText(frame(Uint8Array.of(8, 1)).subarray(0, 6))],
    [
      "bytes that do not decode",
      "parse binary: ",
      () => webText(Buffer.concat([frame(Uint8Array.of(0x0a, 9)), trailers("grpc-status: 0\r\n")])),
    ],
    [
      "an answer without a message",
      "missing message",
      () => webText(trailers("grpc-status: 0\r\n")),
    ],
    ["an answer without a status", "missing trailer", () => webText(frame(Uint8Array.of()))],
    [
      "a stream that the server cancels",
      "http/2 stream closed",
      () =>
        http2Text((stream) => {
          stream.close(constants.NGHTTP2_CANCEL);
        }),
    ],
    [
      "a connection that the client drops",
      "connection aborted",
      () =>
        http2Text((_, manager) => {
          manager.abort();
        }),
    ],
    [
      "a connection that does not answer",
      "PING timed out",
      async () => {
        const silent = createTcpServer((socket) => {
          socket.resume();
          // An empty frame of settings, and nothing more.
          socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
        });
        const baseUrl = await listen(silent);
        const sessionManager = new Http2SessionManager(baseUrl, {
          pingIntervalMs: 5,
          pingTimeoutMs: 5,
        });
        return await textOf(createGrpcTransport({ baseUrl, sessionManager }));
      },
    ],
    [
      "a connection that is pinged too often",
      "http/2 connection closed",
      async () => {
        const server = createServer().on("session", (session: Http2Session) => {
          session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from("too_many_pings"));
        });
        const manager = new Http2SessionManager(await listen(server));
        await manager.connect();
        return await reasonOf(manager);
      },
    ],
  ])("%s is known to be its own, and no server's", async (_, begins, provoke) => {
    const text = await provoke();
    expect(text.slice(0, begins.length)).toBe(begins);
    expect(text).toMatch(transportTexts);
    expect(unreadableAnswer.test(text)).toBe(
      /^(?:protocol error|parse binary|missing)/.test(begins),
    );
    expect(closedStream.test(text)).toBe(begins.startsWith("http/2"));
    expect(saysTooLarge(text)).toBe(begins === "message size");
  });

  it("an answer above the limit is the same with the Connect protocol", async () => {
    const server = createServer().on("stream", (stream) => {
      stream.respond({ ":status": 200, "content-type": "application/proto" });
      stream.end(new Uint8Array(2000));
    });
    const baseUrl = await listen(server);
    const sessionManager = new Http2SessionManager(baseUrl);
    closers.push(() => {
      sessionManager.abort();
    });
    const transport = createConnectTransport({
      baseUrl,
      httpVersion: "2",
      readMaxBytes: 1000,
      sessionManager,
    });
    expect(saysTooLarge(await textOf(transport))).toBe(true);
  });
});
