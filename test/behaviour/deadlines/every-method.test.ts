import { getEventListeners } from "node:events";
import { createServer, type Socket } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { AdminClient, fetchSignedUrl } from "../../../src/index.js";
import { createGrpcWebTransport } from "../../../src/grpc-web.js";
import { createGrpcTransport } from "../../../src/node.js";
import { listenOnLoopback, type LoopbackServer } from "../../../tools/lib/loopback.mjs";

const scope = { project: "flytesnacks", domain: "development" };
const execution = { ...scope, name: "f1" };
const node = { executionId: execution, nodeId: "n0" };
const version = { ...scope, name: "t", version: "v1" };
const attempt = { nodeExecutionId: node, taskId: version, retryAttempt: 0 };

interface Options {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

type Method = (admin: AdminClient, options: Options) => Promise<unknown>;

/** One of each sort of method: single calls, lists, and what takes several calls. */
const methods: Readonly<Record<string, Method>> = {
  "executions.get": (admin, options) => admin.executions.get(execution, options),
  "executions.list": (admin, options) => admin.executions.list(scope, options).first(),
  "executions.outputs": (admin, options) => admin.executions.outputs(execution, options),
  "executions.inputs": (admin, options) => admin.executions.inputs(execution, options),
  "executions.launch": (admin, options) =>
    admin.executions.launch({ launchPlan: { ...scope, name: "l" }, name: "n" }, options),
  "executions.relaunch": (admin, options) =>
    admin.executions.relaunch(execution, { name: "n" }, options),
  "executions.terminate": (admin, options) =>
    admin.executions.terminate(execution, { cause: "test" }, options),
  "nodeExecutions.list": (admin, options) =>
    admin.nodeExecutions.list({ executionId: execution }, options).toArray({ limit: 5 }),
  "taskExecutions.list": async (admin, options) => {
    const list = admin.taskExecutions.list({ nodeExecutionId: node }, options);
    for await (const page of list.pages()) return page;
    return undefined;
  },
  "taskExecutions.outputs": (admin, options) => admin.taskExecutions.outputs(attempt, options),
  "tasks.get": (admin, options) => admin.tasks.get(version, options),
  "workflows.get": (admin, options) => admin.workflows.get(version, options),
  "projects.list": (admin, options) => admin.projects.list({}, options).first(),
  "identity.getServerVersion": (admin, options) => admin.identity.getServerVersion(options),
};

/** The behaviour of a server that takes connections and sends no answer. */
const servers: Readonly<Record<string, (socket: Socket) => void>> = {
  "never answers": () => undefined,
  "trickles a byte at a time": (socket) => {
    const answer = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n\r\n".repeat(50);
    let at = 0;
    const timer = setInterval(() => socket.write(answer[(at += 1) % answer.length]!), 20);
    socket.on("close", () => {
      clearInterval(timer);
    });
  },
};

const wires = {
  REST: (url: string) => ({ admin: new AdminClient({ baseUrl: url }) }),
  gRPC: (url: string) => ({
    admin: new AdminClient({ transport: createGrpcTransport({ baseUrl: url }) }),
  }),
  "gRPC-Web": (url: string) => ({
    admin: new AdminClient({ transport: createGrpcWebTransport({ baseUrl: url }) }),
  }),
} as const;

const cells = Object.keys(servers).flatMap((server) =>
  (Object.keys(wires) as (keyof typeof wires)[]).map((wire) => [server, wire] as const),
);

describe.each(cells)("with a server that %s, over %s", (kind, wire) => {
  let server: LoopbackServer;
  let admin: AdminClient;
  let onData = (): void => undefined;

  beforeAll(async () => {
    const listener = createServer((socket) => {
      socket.on("data", () => {
        onData();
      });
      servers[kind]!(socket);
    });
    server = await listenOnLoopback(listener);
    ({ admin } = wires[wire](server.url));
  });
  afterAll(async () => {
    admin.close();
    await server.close();
  });

  it.each(Object.entries(methods))("%s rejects in time", async (_, method) => {
    const error = await method(admin, { timeoutMs: 120 }).catch((thrown: unknown) => thrown);
    // A trickle is no HTTP/2 at all, which may show before the time is over.
    if (kind === "never answers") {
      expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED" });
      expect(String(error)).toContain("120 ms");
    } else expect(["DEADLINE_EXCEEDED", "UNAVAILABLE", "INTERNAL"]).toContain(codeOf(error));
  });

  it.each(Object.entries(methods))(
    "%s ends at once with the caller's reason, and removes its listener from the signal",
    async (_, method) => {
      const controller = new AbortController();
      const { signal } = controller;
      const reason = new Error("the page was left");
      const sent = new Promise<void>((resolve) => {
        onData = resolve;
      });
      const asked = method(admin, { signal, timeoutMs: 0 }).catch((thrown: unknown) => thrown);
      await Promise.race([sent, asked]);
      controller.abort(reason);
      // Without a time limit nothing else ends it.
      const error = await asked;
      if (kind === "never answers")
        expect(error).toMatchObject({ code: "CANCELLED", cause: reason });
      expect(getEventListeners(signal, "abort")).toEqual([]);
    },
  );

  if (wire === "REST") {
    it("a transfer ends in time, and at once with the caller's reason", async () => {
      const late = fetchSignedUrl(`${server.url}/b/k?X-Amz-Signature=1`, {
        timeoutMs: 100,
      }).bytes();
      await expect(late).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
      const controller = new AbortController();
      const reason = new Error("the page was left");
      const left = fetchSignedUrl(`${server.url}/b/k?X-Amz-Signature=1`, {
        signal: controller.signal,
      }).bytes();
      controller.abort(reason);
      await expect(left).rejects.toMatchObject({ code: "CANCELLED", cause: reason });
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    });
  }
});

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
}
