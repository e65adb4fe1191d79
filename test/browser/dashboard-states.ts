import { timestampFromDate } from "@bufbuild/protobuf/wkt";

import {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../gen/flyteidl/core/execution_pb.js";
import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { AdminClient } from "../../src/index.js";
import {
  type InMemoryFlyteAdmin,
  seedAttempts,
  seedExecution,
  seedNode,
  seedTask,
} from "../../src/testing.js";
import { type ClockedFlyte, now } from "./dashboard-page.js";

const dayMs = 86_400_000;

function clientOf(flyte: InMemoryFlyteAdmin): AdminClient {
  return new AdminClient({ transport: flyte.transport() });
}

function later(start: Date, ms: number): Date {
  return new Date(start.getTime() + ms);
}

/** 60 attempts that failed before any was reported as running: none has a start time. */
export async function addUnstarted({ flyte }: ClockedFlyte): Promise<void> {
  const start = later(now, -3_600_000);
  const executionId = await seedExecution(flyte, { name: "unstarted", startedAt: start });
  const node = await seedNode(flyte, { executionId, nodeId: "n0", startedAt: start });
  const taskId = await seedTask(flyte);
  for (let retryAttempt = 0; retryAttempt < 60; retryAttempt++) {
    await clientOf(flyte).taskExecutions.createEvent({
      taskId,
      parentNodeExecutionId: node,
      retryAttempt,
      eventVersion: 1,
      phase: TaskExecution_Phase.FAILED,
      occurredAt: timestampFromDate(later(start, retryAttempt * 30_000)),
      outputResult: {
        case: "error",
        value: { code: "USER:NoImage", message: `image of attempt ${retryAttempt} not found` },
      },
    });
  }
}

async function addShortAttempts(
  flyte: InMemoryFlyteAdmin,
  node: NodeExecutionIdentifier,
  start: Date,
): Promise<void> {
  await seedAttempts(flyte, {
    nodeExecutionId: node,
    count: 3,
    attempt: (number) => ({
      phase: number === 2 ? "SUCCEEDED" : "FAILED",
      startedAt: later(start, number * 8000),
      runtimeMs: 7000,
      error: { code: "USER:Flaky", message: `attempt ${number} was unlucky` },
    }),
  });
}

/** Runs that began months ago: one that still runs, one that took all the time, with attempts of seconds. */
export async function addMonths({ flyte, setClock }: ClockedFlyte): Promise<void> {
  const start = later(now, -318 * dayMs);
  setClock(start);
  for (const [name, phase] of [
    ["months-open", "RUNNING"],
    ["months-long", "SUCCEEDED"],
  ] as const) {
    const times = { startedAt: start, runtimeMs: 317 * dayMs };
    const executionId = await seedExecution(flyte, { name, phase, ...times });
    const node = await seedNode(flyte, { executionId, nodeId: "n0", phase, ...times });
    await addShortAttempts(flyte, node, start);
  }
  setClock(undefined);
}

/** A run of milliseconds. */
export async function addMilliseconds({ flyte }: ClockedFlyte): Promise<void> {
  const startedAt = later(now, -60_000);
  const executionId = await seedExecution(flyte, {
    name: "milliseconds",
    phase: "SUCCEEDED",
    startedAt,
    runtimeMs: 420,
  });
  const node = {
    executionId,
    nodeId: "n0",
    phase: "SUCCEEDED",
    startedAt,
    runtimeMs: 400,
  } as const;
  const nodeExecutionId = await seedNode(flyte, node);
  await seedAttempts(flyte, {
    nodeExecutionId,
    count: 1,
    attempt: () => ({
      phase: "SUCCEEDED",
      startedAt: later(startedAt, 20),
      runtimeMs: 340,
      logs: {
        "a script": "javascript:document.title='taken over'",
        "a page": "https://logs.example.com/milliseconds",
      },
    }),
  });
}

/** A run that somebody aborted, and one that nothing ran in. */
export async function addAborted({ flyte }: ClockedFlyte): Promise<void> {
  const admin = clientOf(flyte);
  const executionId = await seedExecution(flyte, {
    name: "aborted",
    startedAt: later(now, -90_000),
  });
  await admin.executions.terminate(executionId, { cause: "wrong day of data" });
  await admin.executions.createEvent({
    executionId,
    phase: WorkflowExecution_Phase.ABORTED,
    occurredAt: timestampFromDate(later(now, -1000)),
  });
}

/** A run that continues as the test says. */
export async function addRunning({ flyte }: ClockedFlyte): Promise<{
  readonly retry: () => Promise<void>;
  readonly finish: () => Promise<void>;
}> {
  const startedAt = later(now, -60_000);
  const executionId = await seedExecution(flyte, { name: "going-on", startedAt });
  const node = await seedNode(flyte, { executionId, nodeId: "n0", startedAt });
  const taskId = await seedTask(flyte);
  const admin = clientOf(flyte);
  const attempt = (retryAttempt: number, phase: "RUNNING" | "FAILED" | "SUCCEEDED") =>
    admin.taskExecutions.createEvent({
      taskId,
      parentNodeExecutionId: node,
      retryAttempt,
      eventVersion: 1,
      phase: TaskExecution_Phase[phase],
      occurredAt: timestampFromDate(later(startedAt, 20_000 * (retryAttempt + 1))),
    });
  await attempt(0, "RUNNING");
  return {
    retry: async () => {
      await attempt(0, "FAILED");
      await attempt(1, "RUNNING");
    },
    finish: async () => {
      await attempt(1, "SUCCEEDED");
      const occurredAt = timestampFromDate(now);
      await admin.nodeExecutions.createEvent({
        id: node,
        eventVersion: 1,
        phase: NodeExecution_Phase.SUCCEEDED,
        occurredAt,
      });
      await admin.executions.createEvent({
        executionId,
        phase: WorkflowExecution_Phase.SUCCEEDED,
        occurredAt,
      });
    },
  };
}
