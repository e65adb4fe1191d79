import { connect, createServer, type Socket } from "node:net";

import { afterEach, describe, expect, it } from "@jest/globals";

import { AdminClient, type ConnectionOptions, ConnectionError } from "../../../src/index.js";
import { createGrpcTransport } from "../../../src/node.js";
import { InMemoryFlyteAdmin, seedWorkflow } from "../../../src/testing.js";
import { startChild } from "../../support/child.js";
import { listenOnLoopback } from "../../../tools/lib/loopback.mjs";

const scope = { project: "flytesnacks", domain: "development" };
const launchPlan = { ...scope, name: "core.flows.sample", version: "v1" };

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type WireName = "grpc" | "rest";

function clientOf(wire: WireName, baseUrl: string, settings: ConnectionOptions = {}) {
  const admin = new AdminClient({
    timeoutMs: 3000,
    retry: { maxAttempts: 40, initialBackoffMs: 20, maxBackoffMs: 50, budget: Infinity },
    ...settings,
    ...(wire === "grpc" ? { transport: createGrpcTransport({ baseUrl }) } : { baseUrl }),
  });
  closers.push(() => {
    admin.close();
  });
  return admin;
}

/** A server that stops and starts, always on the same port, and keeps its rows, as FlyteAdmin does in its database. */
async function restartable(wire: WireName) {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  await seedWorkflow(flyte);
  let server = await flyte.listen();
  closers.push(() => server.close());
  const url = wire === "grpc" ? server.grpcUrl : server.httpUrl;
  const port = Number(new URL(url).port);
  return {
    flyte,
    url,
    stop: () => server.close(),
    async start() {
      server = await flyte.listen(wire === "grpc" ? { grpcPort: port } : { httpPort: port });
    },
  };
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe.each(["grpc", "rest"] as const)("over %s", (wire) => {
  it("a server that was stopped fails calls with host and port, and is found again on its port", async () => {
    const server = await restartable(wire);
    const admin = clientOf(wire, server.url, { retry: false });
    await admin.identity.getServerVersion();
    await server.stop();
    const error: unknown = await admin.identity
      .getServerVersion()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toContain(new URL(server.url).host);
    await server.start();
    expect(await admin.identity.getServerVersion()).toBeDefined();
  });

  it("reads and lists that ran when the server went away give all rows after its restart", async () => {
    const server = await restartable(wire);
    const admin = clientOf(wire, server.url);
    const names = ["a", "b", "c", "d", "e", "f"];
    for (const name of names) await admin.executions.launch({ launchPlan, name });
    const calls = server.flyte.calls.length;
    server.flyte.faults.add({ rpc: "ListExecutions", hang: true, times: 1 });
    server.flyte.faults.add({ rpc: "GetExecution", hang: true, times: 1 });
    const rows = admin.executions.list(scope, { pageSize: 2 }).toArray({ limit: 10 });
    const one = admin.executions.get({ ...scope, name: "a" });
    await until(() => server.flyte.calls.length >= calls + 2);
    await server.stop();
    await server.start();
    expect((await rows).map((row) => row.id?.name)).toEqual(names);
    expect((await one).id?.name).toBe("a");
  });

  it("launches that ran when the server went away are made once", async () => {
    const server = await restartable(wire);
    const admin = clientOf(wire, server.url);
    // Some are made and lose their answer, others never begin.
    server.flyte.faults.add({ rpc: "CreateExecution", delayMs: 40, probability: 0.5 });
    server.flyte.faults.add({ rpc: "CreateExecution", hang: true, times: 3 });
    const names = Array.from({ length: 10 }, (_, number) => `launch${number}`);
    const launches = names.map((name) => admin.executions.launch({ launchPlan, name }));
    await until(() => server.flyte.calls.some(({ rpc }) => rpc === "CreateExecution"));
    await server.stop();
    server.flyte.faults.clear();
    await server.start();
    expect((await Promise.all(launches)).map(({ name }) => name)).toEqual(names);
    const rows = await admin.executions.list(scope).toArray({ limit: 50 });
    expect(rows.map((row) => row.id?.name).sort()).toEqual([...names].sort());
  });

  it("a server that is frozen fails calls in time, and answers those that can wait when it continues", async () => {
    const child = startChild(new URL("children/server.ts", import.meta.url), {});
    closers.push(() => child.process.kill("SIGKILL"));
    const urls = JSON.parse(await child.line()) as Record<WireName, string>;
    const admin = clientOf(wire, urls[wire], { retry: false });
    await admin.identity.getServerVersion();
    child.process.kill("SIGSTOP");
    await expect(admin.identity.getServerVersion({ timeoutMs: 150 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    const patient = admin.identity.getServerVersion();
    child.process.kill("SIGCONT");
    expect(await patient).toBeDefined();
    expect(await admin.identity.getServerVersion()).toBeDefined();
  });

  it("a server that is slow, but answers each call in time, returns a list whole", async () => {
    const server = await restartable(wire);
    const admin = clientOf(wire, server.url, { timeoutMs: 3000 });
    const names = ["slow0", "slow1", "slow2", "slow3"];
    for (const name of names) await admin.executions.launch({ launchPlan, name });
    server.flyte.faults.add({ rpc: "ListExecutions", delayMs: 900 });
    // The list takes longer than the limit of a call.
    const rows = await admin.executions
      .list(scope, { pageSize: 1, readAhead: false })
      .toArray({ limit: 20 });
    expect(rows.map((row) => row.id?.name)).toEqual(names);
  });

  // Over REST, connections are fetch's own.
  if (wire === "rest") return;

  it("a connection that a load balancer has dropped without a word costs one call at most", async () => {
    const server = await restartable(wire);
    const sockets = new Set<Socket>();
    let connections = 0;
    const balancer = createServer((socket) => {
      connections += 1;
      const far = connect(Number(new URL(server.url).port), "127.0.0.1");
      sockets.add(socket).add(far);
      far.on("error", () => undefined);
      socket.pipe(far).pipe(socket);
      socket.on("close", () => far.destroy());
    });
    const { url, close } = await listenOnLoopback(balancer);
    closers.push(close);
    const admin = clientOf(wire, url, { retry: false });
    await admin.identity.getServerVersion();
    for (const socket of sockets)
      socket
        .unpipe()
        .on("data", () => undefined)
        .resume();
    await expect(admin.identity.getServerVersion({ timeoutMs: 150 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    expect(await admin.identity.getServerVersion()).toBeDefined();
    expect(connections).toBe(2);
  });
});
