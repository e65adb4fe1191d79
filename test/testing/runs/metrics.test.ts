import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "@jest/globals";

import { WorkflowExecutionGetMetricsRequestSchema } from "../../../gen/flyteidl/admin/execution_pb.js";
import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import type { Span } from "../../../gen/flyteidl/core/metrics_pb.js";
import {
  at,
  nodeEvent,
  type RunServer,
  runServer,
  scope,
  startExecution,
  taskEvent,
  workflowEvent,
} from "./run-server.js";

const start = timestampDate(at(0)).getTime();

/** A span as `name from-to`, in seconds, with those inside it. */
function outline(span: Span): unknown {
  const name = span.id.case === "operationId" ? span.id.value : (span.id.case ?? "none");
  const seconds = [span.startTime, span.endTime].map((time) =>
    time === undefined ? "?" : (timestampDate(time).getTime() - start) / 1000,
  );
  const title = span.id.case === "workflowId" ? name : `${name} ${seconds.join("-")}`;
  return span.spans.length === 0 ? title : [title, ...span.spans.map(outline)];
}

async function metrics(server: RunServer, depth: number): Promise<unknown> {
  const request = create(WorkflowExecutionGetMetricsRequestSchema, {
    id: { ...scope, name: "run1" },
    depth,
  });
  const { span } = await server.admin.getExecutionMetrics(request, server.context);
  const [title, setup, ...rest] = [outline(span!)].flat<unknown[]>();
  // The set-up begins when the server made the execution: by its own clock.
  return [title, String(setup).replace(/ .*-/, " -"), ...rest];
}

async function finishedRun(): Promise<RunServer> {
  const { RUNNING, SUCCEEDED } = NodeExecution_Phase;
  const server = await runServer();
  await startExecution(server);
  await workflowEvent(server, { phase: WorkflowExecution_Phase.RUNNING, occurredAt: at(1) });
  await nodeEvent(server, { phase: SUCCEEDED, occurredAt: at(2) }, "start-node");
  await nodeEvent(server, { phase: RUNNING, occurredAt: at(3) }, "n0");
  await taskEvent(server, { phase: TaskExecution_Phase.QUEUED, occurredAt: at(4) });
  await taskEvent(server, { phase: TaskExecution_Phase.RUNNING, occurredAt: at(5) });
  const reportedAt = at(9);
  await taskEvent(server, { phase: TaskExecution_Phase.FAILED, occurredAt: at(8), reportedAt });
  await taskEvent(server, {
    phase: TaskExecution_Phase.SUCCEEDED,
    retryAttempt: 1,
    occurredAt: at(10),
  });
  await nodeEvent(server, { phase: SUCCEEDED, occurredAt: at(12) }, "n0");
  await nodeEvent(server, { phase: RUNNING, occurredAt: at(13) }, "n1");
  await nodeEvent(server, { phase: SUCCEEDED, occurredAt: at(14) }, "n1");
  await workflowEvent(server, { phase: WorkflowExecution_Phase.SUCCEEDED, occurredAt: at(15) });
  return server;
}

describe("the metrics of an execution", () => {
  it("are one set-up span without the events of the start node", async () => {
    const server = await runServer();
    await startExecution(server);
    await workflowEvent(server, { phase: WorkflowExecution_Phase.RUNNING, occurredAt: at(1) });
    expect(await metrics(server, -1)).toEqual(["workflowId", "WORKFLOW_SETUP -1"]);
  });

  it("go as deep as asked: not at all, to the nodes, to what nodes do, to the attempts", async () => {
    const server = await finishedRun();
    const request = create(WorkflowExecutionGetMetricsRequestSchema, {
      id: { ...scope, name: "run1" },
    });
    const { span } = await server.admin.getExecutionMetrics(request, server.context);
    expect(span?.spans).toEqual([]);
    expect(await metrics(server, 1)).toEqual([
      "workflowId",
      "WORKFLOW_SETUP -2",
      ["nodeId 3-12", "NODE_TRANSITION 2-3"],
      ["nodeId 13-14", "NODE_TRANSITION 12-13"],
      "WORKFLOW_TEARDOWN 14-15",
    ]);
    expect(await metrics(server, 2)).toEqual([
      "workflowId",
      "WORKFLOW_SETUP -2",
      [
        "nodeId 3-12",
        "NODE_TRANSITION 2-3",
        "NODE_SETUP 3-4",
        "NODE_RESET 9-10",
        "NODE_TEARDOWN 10-12",
      ],
      ["nodeId 13-14", "NODE_TRANSITION 12-13", "NODE_SETUP 13-14"],
      "WORKFLOW_TEARDOWN 14-15",
    ]);
  });

  it("have no end with a negative depth", async () => {
    expect(await metrics(await finishedRun(), -1)).toEqual([
      "workflowId",
      "WORKFLOW_SETUP -2",
      [
        "nodeId 3-12",
        "NODE_TRANSITION 2-3",
        "NODE_SETUP 3-4",
        ["taskId 4-9", "TASK_SETUP 4-5", "TASK_RUNTIME 5-8", "TASK_TEARDOWN 8-9"],
        "NODE_RESET 9-10",
        ["taskId 10-10", "TASK_SETUP 10-10"],
        "NODE_TEARDOWN 10-12",
      ],
      ["nodeId 13-14", "NODE_TRANSITION 12-13", "NODE_SETUP 13-14"],
      "WORKFLOW_TEARDOWN 14-15",
    ]);
  });
});
