import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { EventFailureReasonSchema } from "../../../gen/flyteidl/admin/event_pb.js";
import { CatalogCacheStatus } from "../../../gen/flyteidl/core/catalog_pb.js";
import {
  ExecutionError_ErrorKind,
  NodeExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import {
  at,
  errorOf,
  literals,
  node,
  nodeEvent,
  runServer,
  scope,
  startExecution,
  text,
} from "./run-server.js";

const { QUEUED, RUNNING, SUCCEEDED, FAILED, SKIPPED, RECOVERED, DYNAMIC_RUNNING, FAILING } =
  NodeExecution_Phase;

async function started() {
  const server = await runServer();
  await startExecution(server);
  return server;
}

describe("the phases of a node", () => {
  it("refuses the phase that it is in", async () => {
    const server = await started();
    await nodeEvent(server, { phase: RUNNING });
    const error = await errorOf(() => nodeEvent(server, { phase: RUNNING }));
    expect(error.code).toBe(Code.AlreadyExists);
    expect(error.rawMessage).toMatch(/^This phase was already recorded RUNNING for node_id:"n0"/);
  });

  it.each([SUCCEEDED, FAILED, SKIPPED, RECOVERED])(
    "refuses events after the terminal phase %s, with the phase of the refused event as a detail",
    async (terminal) => {
      const server = await started();
      await nodeEvent(server, { phase: terminal });
      const error = await errorOf(() => nodeEvent(server, { phase: RUNNING }));
      expect(error.code).toBe(Code.FailedPrecondition);
      expect(error.rawMessage).toMatch(
        /^Invalid phase change from [A-Z]+ to RUNNING for node execution 1$/,
      );
      const [detail] = error.findDetails(EventFailureReasonSchema);
      expect(detail?.reason.value).toMatchObject({ currentPhase: "RUNNING" });
    },
  );

  it("lets a node go back from RUNNING to QUEUED, and through FAILING", async () => {
    const server = await started();
    for (const phase of [RUNNING, QUEUED, DYNAMIC_RUNNING, FAILING, FAILED]) {
      await nodeEvent(server, { phase });
    }
    expect((await node(server)).closure?.phase).toBe(FAILED);
  });

  it("answers NOT_FOUND for an unknown execution and for an unknown parent", async () => {
    const server = await started();
    const execution = await errorOf(() => nodeEvent(server, { phase: RUNNING }, "n0", "nope"));
    expect(execution.code).toBe(Code.NotFound);
    expect(execution.rawMessage).toMatch(
      /^Failed to get existing execution id: \[project:.*\] with err: missing entity of type execution/,
    );
    const parent = await errorOf(() =>
      nodeEvent(server, { phase: RUNNING, parentNodeMetadata: { nodeId: "nope" } }),
    );
    expect(parent.code).toBe(Code.NotFound);
  });

  it("takes an event without a node id for one of whichever node comes first", async () => {
    const server = await started();
    await nodeEvent(server, { phase: RUNNING }, "n0");
    await nodeEvent(server, { phase: SUCCEEDED, id: { executionId: { ...scope, name: "run1" } } });
    expect((await node(server, "n0")).closure?.phase).toBe(SUCCEEDED);
  });
});

describe("the closure of a node", () => {
  it("has the times of its events", async () => {
    const server = await started();
    await nodeEvent(server, { phase: QUEUED, occurredAt: at(1) });
    await nodeEvent(server, { phase: RUNNING, occurredAt: at(2) });
    await nodeEvent(server, { phase: SUCCEEDED, occurredAt: at(4.5), reportedAt: at(6) });
    expect((await node(server)).closure).toMatchObject({
      createdAt: at(1),
      startedAt: at(2),
      updatedAt: at(6),
      duration: { seconds: 2n, nanos: 500_000_000 },
    });
  });

  it("answers INTERNAL for an event without a time", async () => {
    const server = await started();
    const error = await errorOf(() =>
      nodeEvent(server, { phase: RUNNING, occurredAt: undefined! }),
    );
    expect([error.code, error.rawMessage]).toEqual([
      Code.Internal,
      "failed to unmarshal occurredAt with error: timestamp: nil Timestamp",
    ]);
  });

  it("has the deck of its last RUNNING or terminal event", async () => {
    const server = await started();
    await nodeEvent(server, { phase: RUNNING, deckUri: "s3://b/live.html" });
    expect((await node(server)).closure?.deckUri).toBe("s3://b/live.html");
    await nodeEvent(server, { phase: SUCCEEDED });
    expect((await node(server)).closure?.deckUri).toBe("");
  });

  it("keeps errors whole on a get, and writes inline data of any size to storage", async () => {
    const server = await started();
    const message = "long ".repeat(50);
    const error = { code: "USER:X", message, kind: ExecutionError_ErrorKind.USER };
    await nodeEvent(server, { phase: FAILED, outputResult: { case: "error", value: error } });
    expect((await node(server)).closure?.outputResult.value).toMatchObject(error);
    const value = literals({ big: text("x".repeat(2_200_000)) });
    await nodeEvent(
      server,
      { phase: SUCCEEDED, outputResult: { case: "outputData", value } },
      "n1",
    );
    expect((await node(server, "n1")).closure?.outputResult).toEqual({
      case: "outputUri",
      value: "s3://my-s3-bucket/metadata/flytesnacks/development/run1/n1/offloaded_outputs",
    });
  });

  it("reports the cache's status only where the event has a catalog key", async () => {
    const server = await started();
    const cached = { cacheStatus: CatalogCacheStatus.CACHE_HIT, checkpointUri: "s3://b/c" };
    await nodeEvent(server, {
      phase: RUNNING,
      targetMetadata: { case: "taskNodeMetadata", value: cached },
    });
    expect((await node(server)).closure?.targetMetadata.value).toMatchObject({
      cacheStatus: CatalogCacheStatus.CACHE_DISABLED,
      checkpointUri: "s3://b/c",
    });
    await nodeEvent(server, {
      phase: SUCCEEDED,
      targetMetadata: {
        case: "taskNodeMetadata",
        value: { ...cached, catalogKey: { artifactTag: { name: "tag" } } },
      },
    });
    expect((await node(server)).closure?.targetMetadata.value).toMatchObject({
      cacheStatus: CatalogCacheStatus.CACHE_HIT,
    });
  });

  it("names the execution that the node launched, which must exist", async () => {
    const server = await started();
    await startExecution(server, "child");
    await nodeEvent(server, { phase: QUEUED });
    const launched = (name: string) => ({
      targetMetadata: {
        case: "workflowNodeMetadata" as const,
        value: { executionId: { ...scope, name } },
      },
    });
    const error = await errorOf(() => nodeEvent(server, { phase: RUNNING, ...launched("nope") }));
    expect(error.code).toBe(Code.NotFound);
    await nodeEvent(server, { phase: RUNNING, ...launched("child") });
    expect((await node(server)).closure?.targetMetadata.value).toMatchObject({
      executionId: { name: "child" },
    });
  });

  it("keeps the flags that any event set", async () => {
    const server = await started();
    await nodeEvent(server, { phase: QUEUED });
    await nodeEvent(server, { phase: RUNNING, isParent: true, isDynamic: true });
    await nodeEvent(server, { phase: SUCCEEDED });
    expect((await node(server)).metadata).toMatchObject({ isParentNode: true, isDynamic: true });
  });
});
