import { getEventListeners } from "node:events";

import { describe, expect, it } from "@jest/globals";

import { AdminClient, CanceledError } from "../../src/index.js";
import {
  type Fault,
  InMemoryFlyteAdmin,
  seedExecution,
  seedNode,
  seedWorkflow,
} from "../../src/testing.js";
import { wires } from "../support/wires.js";

const scope = { project: "flytesnacks", domain: "development" } as const;
const running = { ...scope, name: "running" };
const ended = { ...scope, name: "ended" };
const version = { name: "core.flows.sample", version: "v1" };

/** A wait that closing must end: eleven days, so that nothing else ends it before the test's own limit. */
const longWaitMs = 1_000_000_000;

/** More than the server reads for its answer: the client fetches it from the storage. */
const tooMuch = "x".repeat(2_200_000);

/** A world with an execution that runs, one that has ended, and an object. */
async function buildServer() {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  await seedWorkflow(flyte);
  const executionId = await seedExecution(flyte, { name: running.name, phase: "RUNNING" });
  const text = {
    case: "primitive",
    value: { value: { case: "stringValue", value: tooMuch } },
  } as const;
  const outputs = { o0: { value: { case: "scalar", value: { value: text } } } } as const;
  await seedExecution(flyte, { name: ended.name, phase: "SUCCEEDED", outputs });
  await seedNode(flyte, { executionId, nodeId: "n0" });
  flyte.putBlob("s3://my-s3-bucket/object", new Uint8Array(100_000));
  return flyte;
}

interface InProgress {
  /** The fault that keeps the server from answering. */
  readonly fault: Fault;
  /** Whether it is under way: what the server has been asked. */
  readonly isUnderWay: (flyte: InMemoryFlyteAdmin, strikes: number) => boolean;
  readonly work: (admin: AdminClient, signal: AbortSignal) => Promise<unknown>;
}

const struck: InProgress["isUnderWay"] = (_, strikes) => strikes > 0;
const hung = (rpc: NonNullable<Fault["rpc"]>, work: InProgress["work"]): InProgress => ({
  fault: { rpc, hang: true },
  isUnderWay: struck,
  work,
});

const inProgress: Readonly<Record<string, InProgress>> = {
  "a list": hung("ListExecutions", (admin, signal) =>
    admin.executions.list(scope, { signal }).toArray({ limit: 10 }),
  ),
  "pages that are read ahead": hung("ListProjects", async (admin, signal) => {
    for await (const page of admin.projects.list({}, { signal, readAhead: 2 }).pages()) return page;
    return undefined;
  }),
  "a scan": hung("ListExecutions", async (admin, signal) => {
    for await (const row of admin.executions.scan(scope, { signal })) return row;
    return undefined;
  }),
  "a walk of a tree": hung("ListNodeExecutions", (admin, signal) =>
    admin.executions.tree(running, { signal }).build(),
  ),
  "a call of a wait": hung("GetExecution", (admin, signal) =>
    admin.executions.wait(running, { signal, timeoutMs: 60_000 }),
  ),
  "the time between two calls of a wait": {
    fault: { rpc: "GetVersion", hang: true },
    isUnderWay: (flyte) => flyte.calls.some(({ rpc }) => rpc === "GetExecution"),
    work: (admin, signal) => admin.executions.wait(running, { signal, timeoutMs: 60_000 }),
  },
  "the updates of an execution": {
    fault: { rpc: "GetVersion", hang: true },
    isUnderWay: (flyte) => flyte.calls.some(({ rpc }) => rpc === "GetExecution"),
    work: async (admin, signal) => {
      for await (const { phase } of admin.executions.updates(running, { signal })) {
        expect(phase).toBe("RUNNING");
      }
    },
  },
  "the time before a retry": {
    fault: { rpc: "GetVersion", code: "UNAVAILABLE", retryAfterSeconds: longWaitMs / 1000 },
    isUnderWay: struck,
    work: (admin, signal) => admin.identity.getServerVersion({ signal, timeoutMs: 0 }),
  },
  "a launch": hung("CreateExecution", (admin, signal) =>
    admin.executions.launch({ launchPlan: { ...scope, ...version }, name: "n" }, { signal }),
  ),
  "a download": {
    fault: { blob: "s3://", hang: true },
    isUnderWay: struck,
    work: (admin, signal) => admin.executions.outputs(ended, { signal }),
  },
  "an upload": {
    fault: { blob: "s3://", hang: true },
    isUnderWay: struck,
    work: (admin, signal) =>
      admin.dataProxy.upload({ ...scope, filename: "f", body: new Uint8Array(1000) }, { signal }),
  },
  "the time before a retry of an upload": {
    fault: { blob: "s3://", status: 503 },
    isUnderWay: struck,
    work: (admin, signal) =>
      admin.dataProxy.upload(
        { ...scope, filename: "f", body: new Uint8Array(1000) },
        { signal, retryDelayMs: () => longWaitMs },
      ),
  },
};

describe.each(wires.map((wire) => [wire.name, wire] as const))("over %s", (name, wire) => {
  const open = (flyte: InMemoryFlyteAdmin) =>
    wire.open(flyte, {
      retry: { maxRetryAfterMs: longWaitMs },
      ...(name.endsWith("in process") && { fetch: (url, init) => flyte.fetch(url, init) }),
    });

  it.each(Object.entries(inProgress))(
    "close ends %s, and leaves no timer and no listener",
    async (_, { fault, isUnderWay, work }) => {
      const flyte = await buildServer();
      const client = await open(flyte);
      const { signal } = new AbortController();
      const timersBefore = timers();
      const added = flyte.faults.add(fault);
      const asked = work(client.admin, signal).catch((thrown: unknown) => thrown);
      while (!isUnderWay(flyte, added.strikes)) await turn();
      // What the server has answered has to arrive as well.
      for (let turns = 0; turns < 20; turns += 1) await turn();
      client.admin.close();
      const error = await asked;
      expect(error).toBeInstanceOf(CanceledError);
      expect(String(error)).toContain("the client was closed");
      expect(getEventListeners(signal, "abort")).toEqual([]);
      await client.close();
      // Those of the server and of fetch's own pool end by themselves, a retry's after eleven days.
      while (timers() > timersBefore) await turn();
    },
  );

  it("close ends a list whose reader is busy with a page", async () => {
    const flyte = await buildServer();
    const client = await open(flyte);
    const rows = client.admin.executions.list(scope, { pageSize: 1, readAhead: false });
    const names: (string | undefined)[] = [];
    const read = async () => {
      for await (const row of rows) {
        names.push(row.id?.name);
        client.admin.close();
      }
    };
    await expect(read()).rejects.toBeInstanceOf(CanceledError);
    expect(names).toHaveLength(1);
    await client.close();
  });

  it("close ends the calls that run, and every later one", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const client = await wire.open(flyte);
    const fault = flyte.faults.add({ rpc: "GetVersion", hang: true, times: 1 });
    const running = client.admin.identity.getServerVersion().catch((thrown: unknown) => thrown);
    while (fault.strikes === 0) await turn();
    client.admin.close();
    expect(await running).toMatchObject({
      code: "CANCELLED",
      cause: expect.objectContaining({ message: "the client was closed" }),
    });
    await expect(client.admin.identity.getServerVersion()).rejects.toMatchObject({
      code: "CANCELLED",
      attempts: 0,
      message: expect.stringContaining("the client was closed"),
    });
    expect(fault.strikes).toBe(1);
    expect(flyte.calls).toHaveLength(1);
    await client.close();
  });

  it("a client is disposed of by await using", async () => {
    const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
    const client = await wire.open(flyte);
    flyte.faults.add({ rpc: "GetVersion", hang: true, times: 1 });
    const running = client.admin.identity.getServerVersion().catch((thrown: unknown) => thrown);
    await client.admin[Symbol.asyncDispose]();
    expect(await running).toMatchObject({ code: "CANCELLED" });
    await client.close();
  });
});

it("close closes a transport that can be closed, also one of the caller's", () => {
  let closed = 0;
  const transport = {
    ...new InMemoryFlyteAdmin().transport(),
    close: () => {
      closed += 1;
    },
  };
  new AdminClient({ transport }).close();
  expect(closed).toBe(1);
});

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

/** How many timers there are that keep the process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
}
