import { connect, constants } from "node:http2";
import { connect as connectSocket } from "node:net";
import { gunzipSync, gzipSync } from "node:zlib";

import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import { afterEach, describe, expect, test } from "@jest/globals";

import { EventFailureReasonSchema } from "../../../gen/flyteidl/admin/event_pb.js";
import {
  GetVersionRequestSchema,
  GetVersionResponseSchema,
} from "../../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { IdentityService } from "../../../gen/flyteidl/service/identity_pb.js";
import {
  listen,
  type ListeningServer,
  type ListenOptions,
} from "../../../src/testing/listen/index.js";
import { frame, type RawAnswer, rawGrpc } from "./raw-grpc.js";
import { type FakeRpc, type FakeServer, fakeServer } from "./fake-rpcs.js";

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(
  rpcs: Readonly<Record<string, FakeRpc>> = {},
  options: ListenOptions = {},
): Promise<FakeServer & ListeningServer> {
  const server = fakeServer(rpcs);
  const listening = await listen(server, options);
  closers.push(() => listening.close());
  return { ...server, ...listening };
}

function grpcTransport(url: string): Transport {
  const sessionManager = new Http2SessionManager(url);
  closers.push(() => {
    sessionManager.abort();
  });
  return createGrpcTransport({ baseUrl: url, sessionManager });
}

function rawCall(
  url: string,
  path: string,
  body: Uint8Array,
  headers?: Record<string, string>,
): Promise<RawAnswer> {
  const raw = rawGrpc(url);
  closers.push(() => {
    raw.close();
  });
  return raw.call(path, body, headers);
}

/** Something to wait for. */
function event(): { readonly promise: Promise<void>; happen(): void } {
  let happen: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { promise, happen };
}

const versionPath = "/flyteidl.service.AdminService/GetVersion";
const version: Record<string, FakeRpc> = {
  GetVersion: () => create(GetVersionResponseSchema, { controlPlaneVersion: { Build: "b" } }),
};
const rejection = (error: Promise<unknown>): Promise<ConnectError> =>
  error.then(
    () => {
      throw new Error("it did not fail");
    },
    (reason: unknown) => ConnectError.from(reason),
  );

describe("the gRPC port", () => {
  test("answers a call with headers, a frame and trailers", async () => {
    const server = await open(version);
    const answer = await rawCall(server.grpcUrl, versionPath, frame(new Uint8Array()));
    expect(answer.headers).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
    expect(answer.trailers).toMatchObject({ "grpc-status": "0" });
    const message = toBinary(
      GetVersionResponseSchema,
      create(GetVersionResponseSchema, { controlPlaneVersion: { Build: "b" } }),
    );
    expect(answer.body).toEqual(frame(message));
  });

  test("hands over metadata, and a signed URL base that is the HTTP port", async () => {
    const server = await open();
    const client = createClient(AdminService, grpcTransport(server.grpcUrl));
    await client.getVersion(
      {},
      { headers: { "x-request-id": "r1", authorization: "Bearer secret" } },
    );
    const context = server.handled[0]?.context;
    expect(context?.headers.get("x-request-id")).toBe("r1");
    expect(context?.headers.get("authorization")).toBe("Bearer secret");
    expect(context?.wire).toBe("grpc");
    expect(context?.signedUrlBase).toBe(server.httpUrl);
    expect(server.calls.calls[0]).toMatchObject({
      wire: "grpc",
      rpc: "GetVersion",
      code: "OK",
      status: 200,
      headers: { authorization: "…", "x-request-id": "r1" },
    });
  });

  test("sends an error in one block of headers, its message percent-encoded and its details binary", async () => {
    const server = await open({
      GetVersion: () => {
        const value = {
          reason: { case: "alreadyInTerminalState", value: { currentPhase: "FAILED" } },
        } as const;
        throw new ConnectError("50% später\n", Code.FailedPrecondition, undefined, [
          { desc: EventFailureReasonSchema, value },
        ]);
      },
    });
    const answer = await rawCall(server.grpcUrl, versionPath, frame(new Uint8Array()));
    expect(answer.headers).toMatchObject({
      ":status": 200,
      "grpc-status": "9",
      "grpc-message": "50%25 sp%C3%A4ter%0A",
    });
    expect(answer.trailers).toBeUndefined();
    const client = createClient(AdminService, grpcTransport(server.grpcUrl));
    const error = await rejection(client.getVersion({}));
    expect(error.rawMessage).toBe("50% später\n");
    expect(error.findDetails(EventFailureReasonSchema)).toMatchObject([
      { reason: { case: "alreadyInTerminalState", value: { currentPhase: "FAILED" } } },
    ]);
  });

  test("does not know the identity service while authentication is off", async () => {
    const server = await open();
    const error = await rejection(
      createClient(IdentityService, grpcTransport(server.grpcUrl)).userInfo({}),
    );
    expect([error.code, error.rawMessage]).toEqual([
      Code.Unimplemented,
      "unknown service flyteidl.service.IdentityService",
    ]);
  });

  test.each([
    [
      "/flyteidl.service.AdminService/Nope",
      "unknown method Nope for service flyteidl.service.AdminService",
    ],
    ["/x.Y/Z", "unknown service x.Y"],
    ["/nope", 'malformed method name: "/nope"'],
  ])("says UNIMPLEMENTED to %s", async (path, message) => {
    const server = await open();
    const answer = await rawCall(server.grpcUrl, path, frame(new Uint8Array()));
    expect(answer.headers).toMatchObject({ "grpc-status": "12", "grpc-message": message });
  });

  test("answers a health check of itself and of flyteadmin, and of nothing else", async () => {
    const server = await open();
    const check = "/grpc.health.v1.Health/Check";
    const named = (name: string): Uint8Array =>
      frame(new Uint8Array([0x0a, name.length, ...Buffer.from(name)]));
    expect([...(await rawCall(server.grpcUrl, check, frame(new Uint8Array()))).body]).toEqual([
      0, 0, 0, 0, 2, 8, 1,
    ]);
    expect([...(await rawCall(server.grpcUrl, check, named("flyteadmin"))).body]).toEqual([
      0, 0, 0, 0, 2, 8, 1,
    ]);
    expect((await rawCall(server.grpcUrl, check, named("x"))).headers).toMatchObject({
      "grpc-status": "5",
    });
  });

  test.each(["application/grpc-web+proto", "application/json"])(
    "refuses the content type %s with 415",
    async (type) => {
      const server = await open();
      const answer = await rawCall(server.grpcUrl, versionPath, new Uint8Array(), {
        "content-type": type,
      });
      expect(answer.headers).toMatchObject({ ":status": 415, "grpc-status": "3" });
    },
  );

  test("refuses a message over 4 MiB before it has all of it", async () => {
    const server = await open();
    const prefix = new Uint8Array(5);
    new DataView(prefix.buffer).setUint32(1, 5_000_000);
    const answer = await rawCall(server.grpcUrl, versionPath, prefix);
    expect(answer.headers).toMatchObject({
      "grpc-status": "8",
      "grpc-message": "grpc: received message larger than max (5000000 vs. 4194304)",
    });
    expect(server.handled).toHaveLength(0);
  });

  test("sends answers of any size", async () => {
    const server = await open({
      GetVersion: () =>
        create(GetVersionResponseSchema, { controlPlaneVersion: { Build: "x".repeat(6_000_000) } }),
    });
    const client = createClient(AdminService, grpcTransport(server.grpcUrl));
    expect((await client.getVersion({})).controlPlaneVersion?.Build).toHaveLength(6_000_000);
  });

  test("answers a compressed request in kind, and a plain one plainly", async () => {
    const server = await open(version);
    const request = gzipSync(toBinary(GetVersionRequestSchema, create(GetVersionRequestSchema)));
    const packed = await rawCall(server.grpcUrl, versionPath, frame(request, 1), {
      "grpc-encoding": "gzip",
    });
    expect(packed.headers).toMatchObject({ "grpc-encoding": "gzip" });
    expect(packed.body[0]).toBe(1);
    expect(gunzipSync(packed.body.subarray(5)).toString()).toContain("b");
    const plain = await rawCall(server.grpcUrl, versionPath, frame(new Uint8Array()), {
      "grpc-accept-encoding": "gzip",
    });
    expect(plain.body[0]).toBe(0);
  });

  test("ends a call at its deadline and lets the handler know", async () => {
    let reason: unknown;
    const server = await open({
      GetVersion: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reason = signal.reason;
            reject(new Error("stopped"));
          });
        }),
    });
    const answer = await rawCall(server.grpcUrl, versionPath, frame(new Uint8Array()), {
      "grpc-timeout": "5m",
    });
    expect(answer.headers).toMatchObject({
      "grpc-status": "4",
      "grpc-message": "context deadline exceeded",
    });
    expect(ConnectError.from(reason).code).toBe(Code.DeadlineExceeded);
    const bad = await rawCall(server.grpcUrl, versionPath, frame(new Uint8Array()), {
      "grpc-timeout": "xx",
    });
    expect(bad.headers).toMatchObject({ ":status": 400, "grpc-status": "13" });
  });

  test("informs the handler when the caller goes away", async () => {
    const begun = event();
    const gone = event();
    const server = await open({
      GetVersion: (_, { signal }) => {
        signal.addEventListener("abort", () => {
          gone.happen();
        });
        begun.happen();
        return new Promise(() => undefined);
      },
    });
    const session = connect(server.grpcUrl);
    const stream = session.request({
      ":method": "POST",
      ":path": versionPath,
      "content-type": "application/grpc",
    });
    stream.on("error", () => undefined);
    stream.end(frame(new Uint8Array()));
    await begun.promise;
    stream.close(constants.NGHTTP2_CANCEL);
    await gone.promise;
    session.destroy();
    // The record is written when the call has ended, which is after its handler hears of it.
    await new Promise((resolve) => setImmediate(resolve));
    expect(server.calls.calls[0]?.code).toBe("CANCELLED");
  });
});

describe("the HTTP port", () => {
  test("cleans paths as they are on the wire, and never follows", async () => {
    const server = await open();
    const text = await rawHttp(server.httpUrl, "GET /api/v1/tasks//p/../d HTTP/1.1");
    expect(text).toMatch(/^HTTP\/1\.1 307 /);
    expect(text).toMatch(/\r\nlocation: \/api\/v1\/tasks\/d\r\n/i);
  });

  test("takes a query of 900 kB, and answers 431 beyond 1 MiB", async () => {
    const server = await open();
    const fit = await fetch(
      `${server.httpUrl}/api/v1/executions/p/d?filters=${"x".repeat(900_000)}`,
    );
    expect(fit.status).toBe(200);
    const text = await rawHttp(
      server.httpUrl,
      `GET /api/v1/executions/p/d?filters=${"x".repeat(1_100_000)} HTTP/1.1`,
    );
    expect(text).toMatch(
      /^HTTP\/1\.1 431 Request Header Fields Too Large\r\nContent-Type: text\/plain/,
    );
    const tooMuch = new Request("http://x.test/api/v1/version", {
      headers: { "x-much": "x".repeat(1_100_000) },
    });
    const { fetchFrom } = await import("../../../src/testing/http/index.js");
    expect((await fetchFrom(server.port, tooMuch, "")).status).toBe(431);
  });

  test("answers health and openapi", async () => {
    const server = await open();
    const health = await fetch(`${server.httpUrl}/healthcheck`);
    expect([health.status, await health.text()]).toEqual([200, ""]);
    const openapi = await fetch(`${server.httpUrl}/api/v1/openapi`);
    expect([openapi.status, await openapi.json()]).toMatchObject([200, { swagger: "2.0" }]);
  });

  test("honours Grpc-Timeout, and passes on what the gateway passes on", async () => {
    const server = await open({ GetVersion: () => new Promise(() => undefined) });
    const late = await fetch(`${server.httpUrl}/api/v1/version`, {
      headers: { "grpc-timeout": "5m" },
    });
    expect([late.status, await late.json()]).toMatchObject([
      504,
      { code: 4, message: "context deadline exceeded" },
    ]);
    const bad = await fetch(`${server.httpUrl}/api/v1/version`, {
      headers: { "grpc-timeout": "xx" },
    });
    expect([bad.status, await bad.json()]).toMatchObject([
      400,
      { code: 3, message: "invalid grpc-timeout: xx" },
    ]);
    await fetch(`${server.httpUrl}/api/v1/domains`, {
      headers: {
        authorization: "Bearer t",
        "grpc-metadata-x-mine": "1",
        "x-other": "2",
        "x-request-id": "r",
      },
    });
    const headers = server.handled.at(-1)?.context.headers;
    expect(headers?.get("authorization")).toBe("Bearer t");
    expect(headers?.get("grpcgateway-authorization")).toBe("Bearer t");
    expect(headers?.get("x-mine")).toBe("1");
    expect(headers?.has("x-other")).toBe(false);
    expect(headers?.get("x-request-id")).toBe("r");
    await fetch(`${server.httpUrl}/api/v1/domains`);
    expect(server.handled.at(-1)?.context.headers.get("x-request-id")).toMatch(/^a-[a-z0-9]{20}$/);
  });

  test("answers 415 to gRPC-Web and Connect", async () => {
    const server = await open(version);
    for (const type of ["application/grpc-web+proto", "application/proto", "application/json"]) {
      const answer = await fetch(server.httpUrl + versionPath, {
        method: "POST",
        headers: { "content-type": type },
        body: "{}",
      });
      expect([answer.status, answer.headers.get("grpc-status")]).toEqual([415, "3"]);
    }
  });

  test("answers gRPC-Web and Connect when asked to, and REST as ever", async () => {
    const server = await open(version, { grpcWeb: true });
    const options = { baseUrl: server.httpUrl, httpVersion: "1.1" } as const;
    for (const transport of [createGrpcWebTransport(options), createConnectTransport(options)]) {
      const client = createClient(AdminService, transport);
      expect((await client.getVersion({})).controlPlaneVersion?.Build).toBe("b");
    }
    expect(await (await fetch(`${server.httpUrl}/api/v1/version`)).json()).toMatchObject({
      controlPlaneVersion: { Build: "b" },
    });
    expect(server.calls.calls.map(({ wire, rpc, code }) => [wire, rpc, code])).toEqual([
      ["grpc-web", "GetVersion", "OK"],
      ["grpc-web", "GetVersion", "OK"],
      ["rest", "GetVersion", "OK"],
    ]);
    expect(server.handled.map(({ context }) => context.signedUrlBase)).toEqual(
      Array(3).fill(server.httpUrl),
    );
  });

  test("sends errors over gRPC-Web as they are", async () => {
    const server = await open({}, { grpcWeb: true });
    const transport = createGrpcWebTransport({ baseUrl: server.httpUrl, httpVersion: "1.1" });
    const error = await rejection(createClient(IdentityService, transport).userInfo({}));
    expect([error.code, error.rawMessage]).toEqual([
      Code.Unimplemented,
      "unknown service flyteidl.service.IdentityService",
    ]);
  });

  test("lets pages call gRPC-Web from anywhere, as a proxy would", async () => {
    const server = await open({}, { grpcWeb: true });
    const answer = await fetch(server.httpUrl + versionPath, {
      method: "OPTIONS",
      headers: {
        origin: "http://page.test",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-grpc-web",
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-headers")).toBe("content-type,x-grpc-web");
    expect(answer.headers.get("access-control-expose-headers")).toContain("Grpc-Status");
  });
});

describe("closing", () => {
  test("ends calls that still run, on both ports, and may be repeated", async () => {
    const events = [event(), event()];
    const server = await open({
      GetVersion: () => {
        events[server.handled.length - 1]?.happen();
        return new Promise(() => undefined);
      },
    });
    const overGrpc = rejection(
      createClient(AdminService, grpcTransport(server.grpcUrl)).getVersion({}),
    );
    const overRest = fetch(`${server.httpUrl}/api/v1/version`).then(
      () => "answered",
      () => "broken",
    );
    await Promise.all(events.map(({ promise }) => promise));
    await Promise.all([server.close(), server.close()]);
    await server[Symbol.asyncDispose]();
    await overGrpc;
    expect(await overRest).toBe("broken");
    await expect(fetch(server.httpUrl)).rejects.toThrow();
  });

  test("leaves nothing open when a port is taken", async () => {
    const server = await open();
    const taken = Number(new URL(server.grpcUrl).port);
    await expect(listen(fakeServer(), { grpcPort: taken })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});

function rawHttp(url: string, requestLine: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connectSocket(Number(port), hostname);
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("close", () => {
      resolve(text);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    });
    socket.write(`${requestLine}\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
  });
}
