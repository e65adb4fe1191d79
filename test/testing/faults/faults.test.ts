import { create } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient } from "@connectrpc/connect";
import {
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import { afterEach, describe, expect, test } from "@jest/globals";

import { GetVersionResponseSchema } from "../../../gen/flyteidl/admin/version_pb.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import type { Fault, FaultEffect } from "../../../src/testing.js";
import { fetchFrom } from "../../../src/testing/http/index.js";
import { listen } from "../../../src/testing/listen/index.js";
import { type FakeServer, fakeServer } from "../wires/fake-rpcs.js";

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Version = (signal?: AbortSignal) => Promise<string | undefined>;

interface Reach {
  readonly server: FakeServer;
  /** Asks for the version over every wire that carries Connect's protocols. */
  readonly rpc: ReadonlyMap<string, Version>;
  /** Asks over REST, in process and over a socket. */
  readonly rest: readonly ((path: string) => Promise<Response>)[];
}

async function reach(): Promise<Reach> {
  const server = fakeServer({
    GetVersion: () =>
      create(GetVersionResponseSchema, { controlPlaneVersion: { Build: "build", Version: "v1" } }),
  });
  const listening = await listen(server, { grpcWeb: true });
  closers.push(() => listening.close());
  const sessionManager = new Http2SessionManager(listening.grpcUrl);
  closers.push(() => {
    sessionManager.abort();
  });
  const versionOf = (client: Client<typeof AdminService>): Version => {
    return async (signal) => {
      const { controlPlaneVersion } = await client.getVersion(
        {},
        signal === undefined ? {} : { signal },
      );
      return controlPlaneVersion?.Build;
    };
  };
  const grpc = createGrpcTransport({ baseUrl: listening.grpcUrl, sessionManager });
  const web = createGrpcWebTransport({ baseUrl: listening.httpUrl, httpVersion: "1.1" });
  return {
    server,
    rpc: new Map([
      ["in process", versionOf(createClient(AdminService, server.transport))],
      ["grpc", versionOf(createClient(AdminService, grpc))],
      ["grpc-web", versionOf(createClient(AdminService, web))],
    ]),
    rest: [
      (path) => fetchFrom(server.port, new Request(`http://flyte.test${path}`), ""),
      (path) => fetch(listening.httpUrl + path),
    ],
  };
}

const versionPath = "/api/v1/version";

const failure = (call: Promise<unknown>): Promise<ConnectError> =>
  call.then(
    (value) => {
      throw new Error(`it returned ${JSON.stringify(value)}`);
    },
    (reason: unknown) => ConnectError.from(reason),
  );

describe("a fault on an RPC", () => {
  test("answers with its code, text and retry-after on every wire, as often as it says", async () => {
    const { server, rpc, rest } = await reach();
    for (const [wire, call] of rpc) {
      const added = server.faults.add({
        rpc: "GetVersion",
        times: 2,
        code: "UNAVAILABLE",
        message: "not now",
        retryAfterSeconds: 7,
      });
      for (let i = 0; i < 2; i++) {
        const error = await failure(call());
        expect([wire, error.code, error.rawMessage, error.metadata.get("retry-after")]).toEqual([
          wire,
          Code.Unavailable,
          "not now",
          "7",
        ]);
      }
      expect(await call()).toBe("build");
      expect(added.strikes).toBe(2);
      added.remove();
    }
    for (const call of rest) {
      const added = server.faults.add({
        rpc: "*",
        times: 1,
        code: "RESOURCE_EXHAUSTED",
        retryAfterSeconds: 7,
      });
      const answer = await call(versionPath);
      expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
        429,
        "7",
        { code: 8, message: "injected fault", details: [] },
      ]);
      expect((await call(versionPath)).status).toBe(200);
      added.remove();
    }
    expect(server.calls.calls[0]).toMatchObject({ rpc: "GetVersion", code: "UNAVAILABLE" });
  });

  test.each(["truncated", "corrupt", "empty"] as const)(
    "that makes an answer %s is an error on every wire",
    async (body) => {
      const { server, rpc } = await reach();
      server.faults.add({ rpc: "GetVersion", body });
      for (const [wire, call] of rpc) {
        expect([wire, (await failure(call())).code]).toEqual([wire, expect.any(Number)]);
      }
      expect(server.handled).toHaveLength(rpc.size);
    },
  );

  test("that truncates ends a REST answer half way, in process and over a socket", async () => {
    const { server, rest } = await reach();
    server.faults.add({ rpc: "GetVersion", body: "truncated" });
    for (const call of rest) {
      const answer = await call(versionPath);
      expect(answer.status).toBe(200);
      await expect(answer.text()).rejects.toThrow();
    }
  });

  test("that corrupts or empties a REST answer leaves its headers", async () => {
    const { server, rest } = await reach();
    for (const body of ["corrupt", "empty"] as const) {
      const added = server.faults.add({ rpc: "GetVersion", body });
      for (const call of rest) {
        const answer = await call(versionPath);
        expect([answer.status, answer.headers.get("content-type")]).toEqual([
          200,
          "application/json",
        ]);
        const text = await answer.text();
        expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
        expect(text === "").toBe(body === "empty");
      }
      added.remove();
    }
  });

  test("that sends a page does so with its status", async () => {
    const { server, rpc, rest } = await reach();
    server.faults.add({ rpc: "GetVersion", body: "html", status: 503 });
    for (const call of rpc.values()) expect((await failure(call())).code).toBe(Code.Unavailable);
    for (const call of rest) {
      const answer = await call(versionPath);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([
        503,
        "text/html; charset=utf-8",
      ]);
      expect(await answer.text()).toContain("<h1>503</h1>");
    }
    expect(server.handled).toHaveLength(0);
  });

  test("that resets breaks the connection", async () => {
    const { server, rpc, rest } = await reach();
    server.faults.add({ rpc: "GetVersion", reset: true });
    for (const [wire, call] of rpc) {
      const error = await failure(call());
      expect([
        wire,
        [Code.Unavailable, Code.Aborted, Code.Internal, Code.Unknown].includes(error.code),
      ]).toEqual([wire, true]);
    }
    for (const call of rest) await expect(call(versionPath)).rejects.toThrow("fetch failed");
  });

  test("that hangs ends with its caller", async () => {
    const { server, rpc } = await reach();
    for (const [wire, call] of rpc) {
      const controller = new AbortController();
      server.faults.add({
        rpc: "GetVersion",
        hang: true,
        times: 1,
        when: () => {
          queueMicrotask(() => {
            controller.abort();
          });
          return true;
        },
      });
      expect([wire, (await failure(call(controller.signal))).code]).toEqual([wire, Code.Canceled]);
    }
    expect(server.handled).toHaveLength(0);
  });

  test("that delays comes before the answer, and ends with its caller too", async () => {
    const { server, rpc } = await reach();
    server.faults.add({ rpc: "GetVersion", delayMs: 5 });
    const call = rpc.get("in process");
    const before = performance.now();
    expect(await call?.()).toBe("build");
    expect(performance.now() - before).toBeGreaterThanOrEqual(4);
    server.faults.clear();
    server.faults.add({ rpc: "GetVersion", delayMs: 1_000_000 });
    const controller = new AbortController();
    const slow = failure(call?.(controller.signal) ?? Promise.resolve());
    controller.abort();
    expect((await slow).code).toBe(Code.Canceled);
  });

  test("strikes when its predicate or its probability says so", async () => {
    const { server, rpc } = await reach();
    const call = rpc.get("in process");
    server.faults.add({
      rpc: "GetVersion",
      code: "INTERNAL",
      when: ({ seen, rpc: name, path }) =>
        seen === 1 && name === "GetVersion" && path === undefined,
    });
    expect(await call?.()).toBe("build");
    expect((await failure(call?.() ?? Promise.resolve())).code).toBe(Code.Internal);
    expect(await call?.()).toBe("build");
    // The numbers of this server's chance are all one half.
    server.faults.add({ rpc: "GetVersion", code: "ABORTED", probability: 0.5 });
    expect(await call?.()).toBe("build");
    server.faults.add({ rpc: "GetVersion", code: "ABORTED", probability: 0.51 });
    expect((await failure(call?.() ?? Promise.resolve())).code).toBe(Code.Aborted);
  });

  test("leaves other RPCs alone, and gives way to one added before it", async () => {
    const { server, rpc } = await reach();
    server.faults.add({ rpc: "GetDomains", code: "INTERNAL" });
    expect(await rpc.get("grpc")?.()).toBe("build");
    server.faults.add({ rpc: "*", code: "ABORTED" });
    server.faults.add({ rpc: "GetVersion", code: "INTERNAL" });
    expect((await failure(rpc.get("grpc")?.() ?? Promise.resolve())).code).toBe(Code.Aborted);
  });
});

describe("a fault on a path", () => {
  test("strikes requests whose path begins so, before anything else is done", async () => {
    const { server, rest } = await reach();
    server.faults.add({
      path: "/api/v1/version",
      status: 503,
      message: "down",
      retryAfterSeconds: 1,
    });
    server.faults.add({ path: /domains$/, body: "html" });
    for (const call of rest) {
      const answer = await call(`${versionPath}?x=1`);
      expect([answer.status, await answer.text(), answer.headers.get("retry-after")]).toEqual([
        503,
        "down",
        "1",
      ]);
      expect((await call("/api/v1/domains")).status).toBe(502);
      expect((await call("/api/v1/projects")).status).toBe(200);
    }
    expect(server.handled.map(({ rpc }) => rpc)).toEqual(["ListProjects", "ListProjects"]);
  });
});

describe("a fault on a blob", () => {
  const uri = "s3://bucket/key";

  test.each<readonly [string, FaultEffect, number, RegExp]>([
    ["a status", { status: 503 }, 503, /<Code>SlowDown</],
    ["an expiry", { expired: true }, 403, /Request has expired/],
    ["a page", { body: "html" }, 502, /<h1>502/],
    ["no content", { body: "empty" }, 200, /^$/],
  ])("%s shows in the answer to a signed URL", async (_, effect, status, text) => {
    const { server, rest } = await reach();
    server.blobs.put(uri, new TextEncoder().encode("content"));
    server.faults.add({ ...effect, blob: "s3://bucket/" });
    server.faults.add({ blob: "s3://other/", reset: true });
    const signed = server.blobs.sign(uri, {
      method: "GET",
      expiresInSeconds: 60,
      now: server.clock.now,
      base: "http://flyte.test",
    });
    const answer = await rest[0]?.(signed.slice("http://flyte.test".length));
    expect(answer?.status).toBe(status);
    expect(await answer?.text()).toMatch(text);
  });

  test("breaks the connection, before or within the object", async () => {
    const { server, rest } = await reach();
    server.blobs.put(uri, new TextEncoder().encode("content"));
    const signed = server.blobs.sign(uri, {
      method: "GET",
      expiresInSeconds: 60,
      now: server.clock.now,
      base: "http://flyte.test",
    });
    const get = async (): Promise<string | undefined> =>
      await (await rest[0]?.(signed.slice("http://flyte.test".length)))?.text();
    server.faults.add({ blob: uri, reset: true, times: 1 });
    await expect(get()).rejects.toThrow("fetch failed");
    server.faults.add({ blob: uri, body: "truncated", times: 1 });
    await expect(get()).rejects.toThrow("fetch failed");
    expect(await get()).toBe("content");
  });
});

describe("faults.add refuses", () => {
  const internal = { rpc: "GetVersion", code: "INTERNAL" };
  test.each<readonly [string, unknown, string]>([
    ["no target", { code: "INTERNAL" }, "a fault needs exactly one of rpc, path and blob."],
    ["two targets", { ...internal, path: "/" }, "a fault needs exactly one of rpc, path and blob."],
    ["no effect", { rpc: "GetVersion", times: 1 }, "a fault needs at least one of code,"],
    ["zero times", { ...internal, times: 0 }, "times must be an integer of at least 1, got 0."],
    [
      "a probability above 1",
      { ...internal, probability: 50 },
      "probability must be a number from 0 to 1, got 50.",
    ],
    [
      "a negative delay",
      { rpc: "GetVersion", delayMs: -1 },
      "delayMs must be a non-negative number",
    ],
    ["a code for a blob", { blob: "s3://", code: "INTERNAL" }, "Set status in place of code."],
    ["an RPC that expires", { rpc: "GetVersion", expired: true }, "Set blob."],
  ])("%s", (_, fault, text) => {
    expect(() => fakeServer().faults.add(fault as Fault)).toThrow(text);
  });
});
