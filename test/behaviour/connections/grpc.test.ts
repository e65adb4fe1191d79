import { createServer, type Socket } from "node:net";

import { afterEach, describe, expect, it, jest } from "@jest/globals";

import { AdminClient, type ConnectionOptions, ConnectionError } from "../../../src/index.js";
import { createGrpcTransport } from "../../../src/node.js";
import { InMemoryFlyteAdmin } from "../../../src/testing.js";
import { rawHttp2Server, type RawStream } from "../../support/raw-http2-server.js";
import { findUnusedPort, listenOnLoopback } from "../../../tools/lib/loopback.mjs";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function clientOf(baseUrl: string, settings: ConnectionOptions = {}) {
  const transport = createGrpcTransport({ baseUrl });
  closers.push(transport.close);
  // A call that would hang ends with the test's own limit, which no load reaches.
  return new AdminClient({ transport, timeoutMs: 0, ...settings });
}

async function rawServer(answer: (stream: RawStream) => void, port?: number) {
  const server = await rawHttp2Server(answer, port);
  closers.push(() => server[Symbol.asyncDispose]());
  return server;
}

const status = (code: number, message?: string) => ({
  ":status": "200",
  "content-type": "application/grpc",
  "grpc-status": String(code),
  ...(message !== undefined && { "grpc-message": message }),
});

describe("an error whose text is longer than Node's HTTP/2 reads", () => {
  it("ends its call with the reason, and the next call goes over another connection", async () => {
    const server = await rawServer((stream) => {
      stream.sendHeaders(status(3, stream.request === 1 ? "%C3%A9".repeat(16_000) : "short"));
    });
    const admin = clientOf(server.url);
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "UNKNOWN", attempts: 1, rpc: "GetVersion" });
    expect(String(error)).toContain("longer than 64 KiB");
    await expect(admin.identity.getServerVersion()).rejects.toMatchObject({
      serverMessage: "short",
    });
    expect(server.connections).toBe(2);
  });

  it("does not end the other calls on its connection: they are asked again on another one", async () => {
    const held: RawStream[] = [];
    const server = await rawServer((stream) => {
      if (stream.request > 2) stream.sendHeaders(status(5, "the row does not exist"));
      else if (held.push(stream) === 2) held[1]!.sendHeaders(status(3, "x".repeat(70_000)));
    });
    const admin = clientOf(server.url);
    const calls = await Promise.allSettled([
      admin.identity.getServerVersion(),
      admin.identity.getServerVersion(),
    ]);
    expect(calls).toMatchObject([
      { reason: { serverMessage: "the row does not exist", attempts: 2 } },
      { reason: { serverMessage: "the row does not exist", attempts: 2 } },
    ]);
  });
});

it("an error whose text Node has dropped says so", async () => {
  const server = await rawServer((stream) => {
    stream.sendHeaders(status(3, "ends in white space "));
  });
  const error: unknown = await clientOf(server.url)
    .identity.getServerVersion()
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", serverMessage: "" });
  expect(String(error)).toContain("ends in white space, which Node's HTTP/2 drops");
});

describe("a connection", () => {
  it("that a server is leaving (GOAWAY) is followed by another", async () => {
    const server = await rawServer((stream) => {
      stream.sendHeaders(status(5, `answer ${stream.request}`));
      stream.goAway();
    });
    const admin = clientOf(server.url);
    for (let call = 0; call < 3; call += 1) {
      await expect(admin.identity.getServerVersion()).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    }
    expect(server.connections).toBeGreaterThan(2);
  });

  it("is not looked after any more when its calls have ended", async () => {
    const set = jest.spyOn(globalThis, "setInterval");
    const clear = jest.spyOn(globalThis, "clearInterval");
    try {
      const server = await rawServer((stream) => {
        stream.sendHeaders(status(5, "answered"));
      });
      const admin = clientOf(server.url);
      await admin.identity.getServerVersion().catch(() => undefined);
      const begun = set.mock.results.map(({ value }) => value);
      expect(begun).not.toEqual([]);
      const isOver = () => begun.every((each) => clear.mock.calls.some(([one]) => one === each));
      // The stream reports its close in a later turn.
      while (!isOver()) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      set.mockRestore();
      clear.mockRestore();
    }
  });

  it("that has fallen silent is left for another after the first call that it fails", async () => {
    let isLost = false;
    const server = await rawServer((stream) => {
      if (!isLost) stream.sendHeaders(status(5, "answered"));
    });
    const admin = clientOf(server.url);
    await expect(admin.identity.getServerVersion()).rejects.toMatchObject({ code: "NOT_FOUND" });
    isLost = true;
    await expect(admin.identity.getServerVersion({ timeoutMs: 200 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    isLost = false;
    await expect(admin.identity.getServerVersion()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(server.connections).toBe(2);
  });

  it("survives a restart of the server: the next call works, and reads that ran are asked again", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const first = await flyte.listen();
    const admin = clientOf(first.grpcUrl, { retry: { maxAttempts: 8 } });
    await admin.identity.getServerVersion();
    flyte.faults.add({ rpc: "GetVersion", hang: true, times: 1 });
    const running = admin.identity.getServerVersion();
    while (flyte.calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await first.close();
    const grpcPort = Number(new URL(first.grpcUrl).port);
    const second = await flyte.listen({ grpcPort });
    closers.push(() => second.close());
    expect(await running).toBeDefined();
    expect(await admin.identity.getServerVersion()).toBeDefined();
  });

  it("that nobody takes fails in time with host and port", async () => {
    const port = await findUnusedPort();
    const error: unknown = await clientOf(`http://127.0.0.1:${port}`)
      .identity.getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toContain(`127.0.0.1:${port}`);
    expect(error).toMatchObject({ attempts: 4 });
  });

  it("whose TLS nobody answers is left with its last call, and replaced for the next", async () => {
    const sockets = new Set<Socket>();
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket)).resume();
    });
    const { port, close } = await listenOnLoopback(server);
    closers.push(close);
    const admin = clientOf(`https://127.0.0.1:${port}`, { timeoutMs: 100 });
    for (const call of [1, 2]) {
      const both = [admin.identity.getServerVersion(), admin.identity.getServerVersion()];
      expect(await Promise.allSettled(both)).toMatchObject([
        { reason: { code: "DEADLINE_EXCEEDED" } },
        { reason: { code: "DEADLINE_EXCEEDED" } },
      ]);
      // The server may learn of the connection after the client has left it.
      while (connections < call || sockets.size > 0)
        await new Promise((resolve) => setTimeout(resolve, 5));
      expect(connections).toBe(call);
    }
  });

  it("to a host without an address fails in time with host and port", async () => {
    const error: unknown = await clientOf("http://no-such-host.invalid:8089")
      .identity.getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toContain("no-such-host.invalid:8089");
  });
});
