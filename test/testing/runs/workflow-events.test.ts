import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";

import { EventFailureReasonSchema } from "../../../gen/flyteidl/admin/event_pb.js";
import {
  ExecutionError_ErrorKind,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import {
  at,
  errorOf,
  execution,
  literals,
  runServer,
  startExecution,
  text,
  workflowEvent,
} from "./run-server.js";

const { UNDEFINED, QUEUED, RUNNING, SUCCEEDING, SUCCEEDED, FAILED, ABORTED, TIMED_OUT } =
  WorkflowExecution_Phase;

async function started() {
  const server = await runServer();
  await startExecution(server);
  return server;
}

describe("the phases of an execution", () => {
  it("is UNDEFINED until an event comes", async () => {
    expect((await execution(await started())).closure?.phase).toBe(UNDEFINED);
  });

  it("refuses the phase that it is in, but for QUEUED", async () => {
    const server = await started();
    await workflowEvent(server, { phase: QUEUED });
    await workflowEvent(server, { phase: QUEUED });
    await workflowEvent(server, { phase: RUNNING });
    const error = await errorOf(() => workflowEvent(server, { phase: RUNNING }));
    expect(error.code).toBe(Code.AlreadyExists);
    expect(error.rawMessage).toMatch(
      /^This phase RUNNING was already recorded for workflow execution/,
    );
  });

  it("refuses to go from RUNNING back to QUEUED, without a detail", async () => {
    const server = await started();
    await workflowEvent(server, { phase: RUNNING });
    const error = await errorOf(() => workflowEvent(server, { phase: QUEUED }));
    expect(error.code).toBe(Code.FailedPrecondition);
    expect(error.rawMessage).toMatch(/^Cannot go from RUNNING to QUEUED/);
    expect(error.details).toEqual([]);
  });

  it("takes RUNNING to UNDEFINED, and SUCCEEDING back to RUNNING", async () => {
    const server = await started();
    for (const phase of [RUNNING, UNDEFINED, RUNNING, SUCCEEDING, RUNNING]) {
      await workflowEvent(server, { phase });
    }
    expect((await execution(server)).closure?.phase).toBe(RUNNING);
  });

  it.each([SUCCEEDED, FAILED, ABORTED, TIMED_OUT])(
    "refuses events after the terminal phase %s, with the phase that is stored as a detail",
    async (terminal) => {
      const server = await started();
      await workflowEvent(server, { phase: terminal });
      const error = await errorOf(() => workflowEvent(server, { phase: RUNNING }));
      expect(error.code).toBe(Code.FailedPrecondition);
      const [detail] = error.findDetails(EventFailureReasonSchema);
      expect(detail?.reason.value).toMatchObject({
        currentPhase: WorkflowExecution_Phase[terminal],
      });
    },
  );

  it("answers INTERNAL for an event without a time, and RESOURCE_EXHAUSTED for too much output", async () => {
    const server = await started();
    const noTime = await errorOf(() =>
      workflowEvent(server, { phase: RUNNING, occurredAt: undefined! }),
    );
    expect([noTime.code, noTime.rawMessage]).toEqual([
      Code.Internal,
      "Failed to parse OccurredAt: timestamp: nil Timestamp",
    ]);
    const value = literals({ big: text("x".repeat(2_200_000)) });
    const tooMuch = await errorOf(() =>
      workflowEvent(server, { phase: SUCCEEDED, outputResult: { case: "outputData", value } }),
    );
    expect(tooMuch.code).toBe(Code.ResourceExhausted);
    expect((await execution(server)).closure?.phase).toBe(UNDEFINED);
  });
});

describe("the cluster of an execution", () => {
  it("is that of a QUEUED event, and later events must come from there", async () => {
    const server = await started();
    await workflowEvent(server, { phase: QUEUED, producerId: "east" });
    expect((await execution(server)).spec?.metadata?.systemMetadata).toMatchObject({
      executionCluster: "east",
      namespace: "flytesnacks-development",
    });
    const error = await errorOf(() =>
      workflowEvent(server, { phase: RUNNING, producerId: "west" }),
    );
    expect(error.code).toBe(Code.FailedPrecondition);
    const [detail] = error.findDetails(EventFailureReasonSchema);
    expect(detail?.reason).toMatchObject({
      case: "incompatibleCluster",
      value: { cluster: "west" },
    });
    await workflowEvent(server, { phase: RUNNING, producerId: "east" });
  });
});

describe("the closure of an execution", () => {
  it("starts again with every RUNNING event that is taken", async () => {
    const server = await started();
    await workflowEvent(server, { phase: RUNNING, occurredAt: at(1) });
    await workflowEvent(server, { phase: SUCCEEDING, occurredAt: at(2) });
    await workflowEvent(server, { phase: RUNNING, occurredAt: at(3) });
    await workflowEvent(server, { phase: SUCCEEDED, occurredAt: at(5) });
    expect((await execution(server)).closure).toMatchObject({
      startedAt: at(3),
      updatedAt: at(5),
      duration: { seconds: 2n },
    });
  });

  it("has outputs by address, also those that came inline", async () => {
    const server = await started();
    const value = literals({ o: text("v") });
    await workflowEvent(server, { phase: SUCCEEDED, outputResult: { case: "outputData", value } });
    expect((await execution(server)).closure?.outputResult).toMatchObject({
      case: "outputs",
      value: {
        data: {
          case: "uri",
          value: "s3://my-s3-bucket/metadata/flytesnacks/development/run1/offloaded_outputs",
        },
      },
    });
  });

  it("has the error that it ended with", async () => {
    const server = await started();
    const error = { code: "USER:X", message: "boom", kind: ExecutionError_ErrorKind.USER };
    await workflowEvent(server, { phase: FAILED, outputResult: { case: "error", value: error } });
    expect((await execution(server)).closure?.outputResult.value).toMatchObject(error);
  });
});
