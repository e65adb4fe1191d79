import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { EventFailureReasonSchema } from "../../../gen/flyteidl/admin/event_pb.js";
import {
  ExecutionError_ErrorKind,
  NodeExecution_Phase,
  TaskExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { CatalogCacheStatus } from "../../../gen/flyteidl/core/catalog_pb.js";
import {
  at,
  attempt,
  errorOf,
  literals,
  nodeEvent,
  type RunServer,
  runServer,
  startExecution,
  taskEvent,
  text,
} from "./run-server.js";

const { QUEUED, INITIALIZING, RUNNING, SUCCEEDED, FAILED, ABORTED, RETRYABLE_FAILED } =
  TaskExecution_Phase;

async function runningNode(): Promise<RunServer> {
  const server = await runServer();
  await startExecution(server);
  await nodeEvent(server, { phase: NodeExecution_Phase.RUNNING });
  return server;
}

describe("the phases of an attempt", () => {
  it("takes a phase with a higher version as an update, and refuses the same or a lower one", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: RUNNING, phaseVersion: 1 });
    await taskEvent(server, { phase: RUNNING, phaseVersion: 2, reason: "still there" });
    for (const phaseVersion of [2, 1, 0]) {
      const error = await errorOf(() => taskEvent(server, { phase: RUNNING, phaseVersion }));
      expect(error.code).toBe(Code.AlreadyExists);
      expect(error.rawMessage).toMatch(
        /^have already recorded task execution phase RUNNING \(version: \d\) for task_id:/,
      );
    }
    expect((await attempt(server)).closure?.reason).toBe("still there");
  });

  it.each([SUCCEEDED, FAILED, ABORTED])(
    "refuses events after the terminal phase %s, with the phase of the refused event as a detail",
    async (terminal) => {
      const server = await runningNode();
      await taskEvent(server, { phase: terminal });
      const error = await errorOf(() => taskEvent(server, { phase: RUNNING }));
      expect(error.code).toBe(Code.FailedPrecondition);
      const [detail] = error.findDetails(EventFailureReasonSchema);
      expect(detail?.reason.value).toMatchObject({ currentPhase: "RUNNING" });
    },
  );

  it("lets an attempt continue after RETRYABLE_FAILED, and back from RUNNING to QUEUED", async () => {
    const server = await runningNode();
    for (const phase of [RUNNING, QUEUED, RETRYABLE_FAILED, RUNNING]) {
      await taskEvent(server, { phase });
    }
    expect((await attempt(server)).closure?.phase).toBe(RUNNING);
  });

  it("takes events of an attempt whose execution is over", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: RUNNING });
    server.state.executions.rows[0]!.phase = "FAILED";
    await taskEvent(server, { phase: SUCCEEDED });
    expect((await attempt(server)).closure?.phase).toBe(SUCCEEDED);
  });
});

describe("what an event of an attempt must have", () => {
  it("refuses one without a time, without an event, of an unknown execution and of an unknown node", async () => {
    const server = await runningNode();
    const noTime = await errorOf(() =>
      taskEvent(server, { phase: RUNNING, occurredAt: undefined! }),
    );
    expect([noTime.code, noTime.rawMessage]).toEqual([Code.InvalidArgument, "missing occurred_at"]);
    const unknown = await errorOf(() => taskEvent(server, { phase: RUNNING }, "nope"));
    expect(unknown.code).toBe(Code.NotFound);
    expect(unknown.rawMessage).toContain("Failed to get existing node execution id: [node_id:");
  });

  it("refuses inline output over the server's limit", async () => {
    const server = await runningNode();
    const value = literals({ big: text("x".repeat(2_200_000)) });
    const error = await errorOf(() =>
      taskEvent(server, { phase: SUCCEEDED, outputResult: { case: "outputData", value } }),
    );
    expect(error.code).toBe(Code.ResourceExhausted);
    expect(error.rawMessage).toBe(
      "Output data size exceeds platform configured threshold (2200030 > 2097152)",
    );
  });

  it("refuses an event from another cluster, with that cluster as a detail", async () => {
    const server = await runningNode();
    server.state.executions.rows[0]!.cluster = "east";
    await taskEvent(server, { phase: RUNNING, producerId: "propeller" });
    const error = await errorOf(() => taskEvent(server, { phase: SUCCEEDED, producerId: "west" }));
    expect(error.code).toBe(Code.FailedPrecondition);
    const [detail] = error.findDetails(EventFailureReasonSchema);
    expect(detail?.reason.value).toMatchObject({ cluster: "west" });
    expect(error.rawMessage).toBe(
      "Cluster/producer from event [west] does not match existing workflow execution clusterInDB: [east]",
    );
  });
});

describe("the times of an attempt", () => {
  it("keeps the first event's time as its creation and the first RUNNING event's as its start", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: QUEUED, occurredAt: at(1) });
    await taskEvent(server, { phase: RUNNING, occurredAt: at(2) });
    await taskEvent(server, { phase: QUEUED, occurredAt: at(3) });
    await taskEvent(server, { phase: RUNNING, occurredAt: at(4), reportedAt: at(9) });
    await taskEvent(server, { phase: SUCCEEDED, occurredAt: at(12.5), reportedAt: at(13) });
    expect((await attempt(server)).closure).toMatchObject({
      createdAt: at(1),
      startedAt: at(2),
      updatedAt: at(13),
      duration: { seconds: 10n, nanos: 500_000_000 },
    });
  });

  it("has neither start nor duration when it went straight to its end", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: FAILED, occurredAt: at(5) });
    const { closure } = await attempt(server);
    expect(closure?.startedAt).toBeUndefined();
    expect(closure?.duration).toBeUndefined();
    expect(closure?.updatedAt).toEqual(at(5));
  });

  it("takes a reported time of zero for none", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: RUNNING, occurredAt: at(5), reportedAt: {} });
    expect((await attempt(server)).closure?.updatedAt).toEqual(at(5));
  });
});

describe("the logs of an attempt", () => {
  const log = (name: string, uri: string, more: object = {}) => ({ name, uri, ...more });
  const names = async (server: RunServer) =>
    (await attempt(server)).closure?.logs.map((entry) => `${entry.name}=${entry.uri}`);

  it("puts an event's logs first, and drops older ones with the same name or address", async () => {
    const server = await runningNode();
    await taskEvent(server, {
      phase: RUNNING,
      logs: [log("a", "1"), log("b", "2"), log("c", "3")],
    });
    await taskEvent(server, {
      phase: RUNNING,
      phaseVersion: 1,
      logs: [log("b", "9"), log("d", "3")],
    });
    expect(await names(server)).toEqual(["b=9", "d=3", "a=1"]);
  });

  it("takes the first event's logs as they are, and drops what may not be seen while pending for good", async () => {
    const server = await runningNode();
    const shown = log("shown", "1", { ShowWhilePending: true });
    await taskEvent(server, { phase: QUEUED, logs: [shown, log("hidden", "2")] });
    expect(await names(server)).toEqual(["shown=1", "hidden=2"]);
    await taskEvent(server, { phase: INITIALIZING });
    expect(await names(server)).toEqual(["shown=1"]);
    await taskEvent(server, { phase: RUNNING });
    expect(await names(server)).toEqual(["shown=1"]);
  });

  it("drops logs that hide when the attempt is over", async () => {
    const server = await runningNode();
    const logs = [log("live", "1", { HideOnceFinished: true }), log("kept", "2")];
    await taskEvent(server, { phase: RUNNING, logs });
    await taskEvent(server, { phase: SUCCEEDED });
    expect(await names(server)).toEqual(["kept=2"]);
  });

  it("filters the logs of sub-tasks too, on events without metadata as well", async () => {
    const server = await runningNode();
    const logs = [log("live", "1", { HideOnceFinished: true }), log("kept", "2")];
    const externalResources = [{ externalId: "sub", logs }];
    await taskEvent(server, { phase: RUNNING, metadata: { externalResources } });
    await taskEvent(server, { phase: SUCCEEDED });
    const [resource] = (await attempt(server)).closure?.metadata?.externalResources ?? [];
    expect(resource?.logs.map(({ name }) => name)).toEqual(["kept"]);
  });
});

describe("the metadata of an attempt", () => {
  it("merges sub-tasks by index and attempt, and keeps them sorted", async () => {
    const server = await runningNode();
    const first = [
      { index: 2, externalId: "c", phase: RUNNING },
      { index: 0, externalId: "a", phase: RUNNING, cacheStatus: CatalogCacheStatus.CACHE_MISS },
    ];
    await taskEvent(server, { phase: RUNNING, metadata: { externalResources: first } });
    const second = [
      { index: 0, phase: SUCCEEDED },
      { index: 1, externalId: "b", phase: FAILED },
      { index: 1, retryAttempt: 1, externalId: "b1", phase: RUNNING },
    ];
    await taskEvent(server, {
      phase: RUNNING,
      phaseVersion: 1,
      metadata: { externalResources: second },
    });
    const resources = (await attempt(server)).closure?.metadata?.externalResources ?? [];
    const seen = resources.map((sub) => [sub.index, sub.retryAttempt, sub.externalId, sub.phase]);
    expect(seen).toEqual([
      [0, 0, "a", SUCCEEDED],
      [1, 0, "b", FAILED],
      [1, 1, "b1", RUNNING],
      [2, 0, "c", RUNNING],
    ]);
    expect(resources[0]?.cacheStatus).toBe(CatalogCacheStatus.CACHE_MISS);
  });

  it("keeps all of it on an event without metadata, and replaces the resource pools on one with", async () => {
    const server = await runningNode();
    const metadata = {
      generatedName: "pod-0",
      pluginIdentifier: "container",
      resourcePoolInfo: [{ namespace: "n", allocationToken: "t" }],
    };
    await taskEvent(server, { phase: QUEUED, metadata });
    await taskEvent(server, { phase: RUNNING });
    expect((await attempt(server)).closure?.metadata).toMatchObject(metadata);
    await taskEvent(server, { phase: RUNNING, phaseVersion: 1, metadata: { generatedName: "x" } });
    expect((await attempt(server)).closure?.metadata).toMatchObject({
      generatedName: "x",
      pluginIdentifier: "container",
      resourcePoolInfo: [],
    });
  });

  it("keeps the task type of the first event, and the highest event version", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: QUEUED, taskType: "a", eventVersion: 1 });
    await taskEvent(server, { phase: RUNNING, taskType: "b", eventVersion: 0 });
    expect((await attempt(server)).closure).toMatchObject({ taskType: "a", eventVersion: 1 });
  });
});

describe("custom info", () => {
  it("is merged as JSON, key by key at any depth", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: QUEUED, customInfo: { a: 1, deep: { x: 1, y: [1, 2] } } });
    await taskEvent(server, { phase: RUNNING, customInfo: { b: 2, deep: { y: [3], z: {} } } });
    await taskEvent(server, { phase: SUCCEEDED, customInfo: { a: null, deep: "gone" } });
    expect((await attempt(server)).closure?.customInfo).toEqual({ b: 2, deep: "gone" });
  });

  it("merges objects inside objects", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: QUEUED, customInfo: { deep: { x: 1, y: { p: 1 } } } });
    await taskEvent(server, { phase: RUNNING, customInfo: { deep: { y: { q: 2 } } } });
    expect((await attempt(server)).closure?.customInfo).toEqual({
      deep: { x: 1, y: { p: 1, q: 2 } },
    });
  });
});

describe("reasons", () => {
  it("keeps a history, without a single reason that repeats, and with every entry of a list", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: QUEUED, reason: "waiting" });
    await taskEvent(server, { phase: QUEUED, phaseVersion: 1, reason: "waiting" });
    const reasons = [
      { reason: "waiting", occurredAt: at(3) },
      { reason: "started", occurredAt: at(4) },
    ];
    await taskEvent(server, { phase: RUNNING, reasons });
    const { closure } = await attempt(server);
    expect(closure?.reasons.map(({ message }) => message)).toEqual([
      "waiting",
      "waiting",
      "started",
    ]);
    expect(closure?.reason).toBe("started");
    expect(closure?.reasons.at(-1)?.occurredAt).toEqual(at(4));
  });
});

describe("the result of an attempt", () => {
  const error = { code: "USER:X", message: "boom", kind: ExecutionError_ErrorKind.USER };

  it("is set by terminal events only", async () => {
    const server = await runningNode();
    const outputResult = { case: "outputUri" as const, value: "s3://b/early" };
    await taskEvent(server, { phase: RUNNING, outputResult });
    expect((await attempt(server)).closure?.outputResult.case).toBeUndefined();
    await taskEvent(server, { phase: FAILED, outputResult: { case: "error", value: error } });
    expect((await attempt(server)).closure?.outputResult.value).toMatchObject(error);
  });

  it("stays unset when the event has none", async () => {
    const server = await runningNode();
    await taskEvent(server, { phase: ABORTED, outputResult: { case: "outputUri", value: "" } });
    expect((await attempt(server)).closure?.outputResult.case).toBeUndefined();
  });

  it("writes inline inputs and outputs to storage, under the attempt's own path", async () => {
    const server = await runningNode();
    const value = literals({ o: text("v") });
    await taskEvent(server, { phase: RUNNING, inputValue: { case: "inputData", value } });
    await taskEvent(server, { phase: SUCCEEDED, outputResult: { case: "outputData", value } });
    const { inputUri, closure } = await attempt(server);
    const base =
      "s3://my-s3-bucket/metadata/flytesnacks/development/run1/n0/flytesnacks/development/sum/v1/0";
    expect(inputUri).toBe(`${base}/offloaded_inputs`);
    expect(closure?.outputResult).toEqual({
      case: "outputUri",
      value: `${base}/offloaded_outputs`,
    });
    expect(server.state.blobs.has(`${base}/offloaded_outputs`)).toBe(true);
  });

  it("keeps the first inputs", async () => {
    const server = await runningNode();
    const input = (value: string) => ({ inputValue: { case: "inputUri" as const, value } });
    await taskEvent(server, { phase: QUEUED });
    await taskEvent(server, { phase: RUNNING, ...input("s3://b/1") });
    await taskEvent(server, { phase: SUCCEEDED, ...input("s3://b/2") });
    expect((await attempt(server)).inputUri).toBe("s3://b/1");
  });
});
