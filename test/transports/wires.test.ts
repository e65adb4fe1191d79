import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Session } from "node:http2";
import { createServer as createTcpServer, type Server } from "node:net";

import { create, toBinary } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createClient,
  type Transport,
} from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { afterEach, describe, expect, it } from "@jest/globals";

import { EventFailureReasonSchema } from "../../gen/flyteidl/admin/event_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { StatusSchema } from "../../gen/google/rpc/status_pb.js";
import {
  ConnectionError,
  type FlyteError,
  readErrorDetails,
  UnexpectedResponseError,
} from "../../src/errors/index.js";
import { withInterceptors } from "../../src/calls/index.js";
import { createGrpcTransport } from "../../src/transports/grpc/index.js";
import { createGrpcWebTransport } from "../../src/transports/grpc-web/index.js";
import { createRestTransport } from "../../src/transports/rest/index.js";
import { findUnusedPort, listenOnLoopback } from "../../tools/lib/loopback.mjs";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listen(server: Server): Promise<string> {
  const { url, close } = await listenOnLoopback(server);
  ends.push(close);
  return url;
}

/** A gRPC server; `sessions` are its connections. */
async function grpcServer(routes: (router: ConnectRouter) => void) {
  const server = createHttp2Server(connectNodeAdapter({ routes }));
  const sessions: ServerHttp2Session[] = [];
  server.on("session", (session) => sessions.push(session));
  return { baseUrl: await listen(server), sessions };
}

function grpcTo(
  baseUrl: string,
  options: Omit<Parameters<typeof createGrpcTransport>[0], "baseUrl"> = {},
) {
  const transport = createGrpcTransport({ baseUrl, ...options });
  ends.push(() => {
    transport.close();
  });
  return transport;
}

async function failure(
  transport: Transport,
  options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<FlyteError> {
  const client = createClient(AdminService, withInterceptors(transport, { retry: false }));
  return client.getVersion({}, options).then(
    () => {
      throw new Error("the call succeeded");
    },
    (error: unknown) => error as FlyteError,
  );
}

async function unusedUrl(): Promise<string> {
  return `http://127.0.0.1:${await findUnusedPort()}`;
}

describe("one and the same answer of a server", () => {
  const detail = create(EventFailureReasonSchema, {
    reason: { case: "incompatibleCluster", value: { cluster: "c" } },
  });
  const codes = Object.values(Code).filter((code) => typeof code === "number");

  it.each(codes)(
    "with code %s is the same error over REST, gRPC, gRPC-Web and Connect",
    async (code) => {
      const message = "missing entity of type TASK with identifier é, 100%";
      const routes = (router: ConnectRouter) => {
        router.rpc(AdminService.method.getVersion, () => {
          throw new ConnectError(message, code, undefined, [
            { desc: EventFailureReasonSchema, value: detail },
          ]);
        });
      };
      const proxy = createHttpServer(connectNodeAdapter({ routes }));
      const proxyUrl = await listen(proxy);
      const { baseUrl } = await grpcServer(routes);
      const status = create(StatusSchema, {
        code,
        message,
        details: [anyPack(EventFailureReasonSchema, detail)],
      });
      const rest = createRestTransport({
        baseUrl: "http://flyte.test",
        fetch: () =>
          Promise.resolve(
            new Response(toBinary(StatusSchema, status), {
              status: 400,
              headers: { "content-type": "application/octet-stream" },
            }),
          ),
      });
      const expected = await failure(rest);
      expect(expected).toMatchObject({ serverMessage: message, attempts: 1 });
      expect(readErrorDetails(expected)).toEqual([detail]);
      for (const transport of [
        grpcTo(baseUrl),
        createGrpcWebTransport({ baseUrl: proxyUrl }),
        createGrpcWebTransport({ baseUrl: proxyUrl, protocol: "connect" }),
        createGrpcWebTransport({ baseUrl: proxyUrl, protocol: "connect", useBinaryFormat: false }),
      ]) {
        const error = await failure(transport);
        expect(Object.getPrototypeOf(error)).toBe(Object.getPrototypeOf(expected));
        expect({ ...error.toJSON() }).toEqual({ ...expected.toJSON() });
      }
    },
  );
});

describe("a server that is not there", () => {
  it("is named with host and port by every wire, as a ConnectionError", async () => {
    const baseUrl = await unusedUrl();
    for (const transport of [
      grpcTo(baseUrl),
      createRestTransport({ baseUrl }),
      createGrpcWebTransport({ baseUrl }),
    ]) {
      const error = await failure(transport);
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.message).toContain(
        `cannot reach ${new URL(baseUrl).host}: connect ECONNREFUSED`,
      );
      expect(error).toMatchObject({ rpc: "GetVersion", attempts: 1, serverMessage: undefined });
    }
  });
});

describe("a port that speaks something else", () => {
  it("is distinguished from a server that is down, with the port to give instead", async () => {
    const { baseUrl: grpcUrl } = await grpcServer(() => undefined);
    const httpUrl = await listen(createHttpServer((_, response) => response.end()));
    const toGrpcPort = await failure(createRestTransport({ baseUrl: grpcUrl }));
    expect(toGrpcPort).toBeInstanceOf(ConnectionError);
    expect(toGrpcPort.message).toMatch(/is not HTTP\/1\.1\. Give FlyteAdmin's HTTP port \(8088/);
    const toHttpPort = await failure(grpcTo(httpUrl));
    expect(toHttpPort).toBeInstanceOf(ConnectionError);
    expect(toHttpPort.message).toMatch(/is not HTTP\/2\. Give FlyteAdmin's gRPC port \(8089/);
  });

  it("is reported when it has no TLS", async () => {
    const httpUrl = await listen(createHttpServer((_, response) => response.end()));
    const baseUrl = httpUrl.replace("http:", "https:");
    for (const transport of [createRestTransport({ baseUrl }), grpcTo(baseUrl)]) {
      const error = await failure(transport);
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.message).toMatch(/is not TLS\. Begin the address with http:\/\//);
    }
  });
});

describe("a server that accepts and never answers", () => {
  const blackHole = async () => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createTcpServer((socket) => sockets.add(socket));
    const baseUrl = await listen(server);
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
    });
    return baseUrl;
  };

  it("is left after timeoutMs with the same error by every wire", async () => {
    const baseUrl = await blackHole();
    for (const transport of [
      grpcTo(baseUrl),
      createRestTransport({ baseUrl }),
      createGrpcWebTransport({ baseUrl }),
    ]) {
      const error = await failure(transport, { timeoutMs: 30 });
      expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED", attempts: 1 });
      expect(error.message).toContain("no answer within 30 ms");
    }
  });

  it("is left at once when the caller aborts, with the caller's reason", async () => {
    const baseUrl = await blackHole();
    for (const transport of [
      grpcTo(baseUrl),
      createRestTransport({ baseUrl }),
      createGrpcWebTransport({ baseUrl }),
    ]) {
      const controller = new AbortController();
      const reason = new Error("enough");
      const ended = failure(transport, { signal: controller.signal });
      controller.abort(reason);
      const error = await ended;
      expect(error).toMatchObject({ code: "CANCELLED" });
      expect(error.cause).toBe(reason);
    }
  });
});

describe("the gRPC transport", () => {
  it("opens windows of 8 MiB by default, for the connection and for each call", async () => {
    const { baseUrl, sessions } = await grpcServer((router) => {
      router.rpc(AdminService.method.getVersion, () => ({
        controlPlaneVersion: { Version: "v1" },
      }));
    });
    const client = createClient(AdminService, grpcTo(baseUrl));
    await client.getVersion({});
    await client.getVersion({});
    const [session] = sessions;
    expect(sessions).toHaveLength(1);
    expect(session!.remoteSettings.initialWindowSize).toBe(8_388_608);
    expect(session!.state.remoteWindowSize).toBeGreaterThan(8_000_000);
  });

  it("opens the windows that it is asked for", async () => {
    const { baseUrl, sessions } = await grpcServer((router) => {
      router.rpc(AdminService.method.getVersion, () => ({}));
    });
    const client = createClient(
      AdminService,
      grpcTo(baseUrl, { flowControlWindowBytes: 1_048_576 }),
    );
    await client.getVersion({});
    await client.getVersion({});
    expect(sessions[0]!.remoteSettings.initialWindowSize).toBe(1_048_576);
    expect(sessions[0]!.state.remoteWindowSize).toBeLessThanOrEqual(1_048_576);
    expect(sessions[0]!.state.remoteWindowSize).toBeGreaterThan(1_000_000);
  });

  it("refuses a message of more than readMaxBytes", async () => {
    const { baseUrl } = await grpcServer((router) => {
      router.rpc(AdminService.method.getVersion, () => ({
        controlPlaneVersion: { Version: "v".repeat(5000) },
      }));
    });
    const error = await failure(grpcTo(baseUrl, { readMaxBytes: 1000 }));
    expect(error).toMatchObject({ code: "RESOURCE_EXHAUSTED", serverMessage: undefined });
    expect(error.message).toMatch(/smaller pageSize.*readMaxBytes/);
  });

  it("works again after close, and after the server dropped the connection", async () => {
    const { baseUrl, sessions } = await grpcServer((router) => {
      router.rpc(AdminService.method.getVersion, () => ({}));
    });
    const transport = grpcTo(baseUrl);
    const client = createClient(AdminService, withInterceptors(transport, { retry: false }));
    await client.getVersion({});
    transport.close();
    await client.getVersion({});
    const dropped = new Promise((resolve) => sessions[1]!.once("close", resolve));
    sessions[1]!.destroy();
    await dropped;
    await client.getVersion({}).catch(() => undefined);
    await client.getVersion({});
    expect(sessions.length).toBeGreaterThanOrEqual(3);
  });

  it("survives a GOAWAY on a connection without calls", async () => {
    const { baseUrl, sessions } = await grpcServer((router) => {
      router.rpc(AdminService.method.getVersion, () => ({}));
    });
    const client = createClient(AdminService, withInterceptors(grpcTo(baseUrl), { retry: false }));
    await client.getVersion({});
    const closed = new Promise((resolve) => sessions[0]!.once("close", resolve));
    sessions[0]!.goaway(2);
    sessions[0]!.close();
    await closed;
    await client.getVersion({});
    expect(sessions).toHaveLength(2);
  });

  it.each([
    ["flowControlWindowBytes", 0],
    ["flowControlWindowBytes", 2 ** 31],
    ["readMaxBytes", 1.5],
  ])("refuses %s %s", (option, bytes) => {
    expect(() => createGrpcTransport({ baseUrl: "http://flyte.test", [option]: bytes })).toThrow(
      new RegExp(`${option} must be an integer number of bytes`),
    );
  });

  it("refuses a base URL without a scheme", () => {
    expect(() => createGrpcTransport({ baseUrl: "dns:///flyte.example.com" })).toThrow(/scheme/);
    expect(() => createGrpcWebTransport({ baseUrl: "flyte.example.com" })).toThrow(/scheme/);
  });
});

describe("the gRPC-Web transport", () => {
  it("does not follow a redirect", async () => {
    const transport = createGrpcWebTransport({
      baseUrl: "http://flyte.test",
      fetch: () =>
        Promise.resolve(
          new Response(null, { status: 302, headers: { location: "/login?t=s3cr3t" } }),
        ),
    });
    const error = await failure(transport);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain("redirect 302");
    expect(error.message).not.toContain("s3cr3t");
  });

  it("passes credentials on", async () => {
    let init: RequestInit = {};
    const transport = createGrpcWebTransport({
      baseUrl: "http://flyte.test",
      credentials: "include",
      fetch: (_url, given) => {
        init = given;
        return Promise.resolve(new Response(null, { status: 503 }));
      },
    });
    expect(await failure(transport)).toBeInstanceOf(ConnectionError);
    expect(init).toMatchObject({ credentials: "include", redirect: "manual", method: "POST" });
  });

  it.each(["grpc-web", "connect"] as const)(
    "leaves an answer of more than readMaxBytes as soon as that shows, over %s",
    async (protocol) => {
      let sent = 0;
      let left = false;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 1;
          controller.enqueue(sent === 1 ? Uint8Array.of(0, 0x7f, 0, 0, 0) : new Uint8Array(1000));
        },
        cancel() {
          left = true;
        },
      });
      const contentType =
        protocol === "connect" ? "application/proto" : "application/grpc-web+proto";
      const transport = createGrpcWebTransport({
        baseUrl: "http://flyte.test",
        protocol,
        readMaxBytes: 10_000,
        fetch: () =>
          Promise.resolve(new Response(body, { headers: { "content-type": contentType } })),
      });
      const error = await failure(transport);
      expect(error).toMatchObject({ code: "RESOURCE_EXHAUSTED", rpc: "GetVersion" });
      expect(error.message).toMatch(/smaller pageSize.*readMaxBytes/);
      expect(sent).toBeLessThan(20);
      expect(left).toBe(true);
    },
  );

  it("refuses a readMaxBytes that is invalid", () => {
    expect(() => createGrpcWebTransport({ baseUrl: "http://flyte.test", readMaxBytes: 0 })).toThrow(
      /readMaxBytes must be a positive number/,
    );
  });
});
