import { setTimeout as delay } from "node:timers/promises";

import { WorkflowExecution_Phase } from "../gen/flyteidl/core/execution_pb.js";
import { AdminClient } from "../src/client/admin-client.js";
import { createGrpcTransport } from "../src/transports/grpc/index.js";
import { median } from "./contender.js";
import { garbageCollector } from "./memory.js";
import { scope } from "./server/fill.js";
import { emptyPlan } from "./server/messages.js";
import { startServer } from "./server/start.js";

/** The executions end one after another in this time. */
const runtimeMs = 60_000;
const warmUpMs = 5_000;
const mebibyte = 2 ** 20;

/**
 * Measures what it takes one client to wait for many executions of one project and domain: its calls,
 * how late it hears of an end, and its memory.
 */
export async function measureWaiting(count: number): Promise<void> {
  const server = await startServer({ ...emptyPlan, runningExecutions: count, costs: true });
  const transport = createGrpcTransport({ baseUrl: server.ports[0]?.grpcUrl ?? "" });
  const admin = new AdminClient({ transport, defaults: scope });
  const collectGarbage = garbageCollector();
  const memory = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const bytesBefore = memory();
  const endedAt = new Map<string, number>();
  const latenessMs: number[] = [];
  const waits = Array.from({ length: count }, async (_, at) => {
    const name = `running${at}`;
    await admin.executions.wait(name);
    latenessMs.push(performance.now() - (endedAt.get(name) ?? NaN));
  });
  await delay(warmUpMs);
  const bytesAWait = (memory() - bytesBefore) / count;
  await server.takeLoad();
  const startedAt = performance.now();
  for (let at = 0; at < count; at++) {
    await delay(startedAt + (at * runtimeMs) / count - performance.now());
    const name = `running${at}`;
    endedAt.set(name, performance.now());
    await admin.executions.createEvent({
      executionId: { name },
      phase: WorkflowExecution_Phase.SUCCEEDED,
      occurredAt: { seconds: 1_768_467_600n, nanos: 0 },
    });
  }
  const load = await server.takeLoad();
  const minutes = (performance.now() - startedAt) / 60_000;
  await Promise.all(waits);
  transport.close();
  server.stop();
  const sorted = [...latenessMs].sort((a, b) => a - b);
  const late = (part: number): string => seconds(sorted[Math.floor(part * (count - 1))] ?? NaN);
  console.log(`${count} executions that end within ${(minutes * 60).toFixed(0)} s, one client\n`);
  console.log(`calls a minute: ${((load.calls - count) / minutes).toFixed(0)}`);
  console.log(
    `lateness: median ${seconds(median(latenessMs))}, nine in ten within ${late(0.9)}, all within ${late(1)}`,
  );
  console.log(
    `memory of a wait: ${(bytesAWait / 1024).toFixed(1)} KiB (${Math.round((bytesAWait * count) / mebibyte)} MiB in all)`,
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
