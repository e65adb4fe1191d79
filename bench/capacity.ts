import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { createGrpcTransport } from "../src/transports/grpc/index.js";
import { AdminClient } from "../src/admin-client.js";
import { InMemoryFlyteAdmin } from "../src/testing/in-memory-flyte-admin.js";
import { median } from "./contender.js";
import { names, scope } from "./server/fill.js";
import { startServer } from "./server/start.js";

const mebibyte = 2 ** 20;

/** Measures what the in-memory server holds and how fast, and what a walk over all of it takes. */
export async function measureCapacity(rows: number): Promise<void> {
  const startedAt = performance.now();
  const empty = await new InMemoryFlyteAdmin({ projects: [scope.project] }).listen();
  console.log(`start-up: ${(performance.now() - startedAt).toFixed(1)} ms to listen`);
  await empty.close();

  const fillingAt = performance.now();
  const server = await startServer({
    attempts: rows,
    shortAttempts: 0,
    treeNodes: 0,
    smallTreeNodes: 0,
    delaysMs: [0],
    costs: false,
  });
  const seconds = (performance.now() - fillingAt) / 1000;
  console.log(`${rows} attempts written in ${seconds.toFixed(0)} s`);
  console.log(`server: ${mib(await server.rssBytes())} MiB resident`);
  const transport = createGrpcTransport({ baseUrl: server.ports[0]?.grpcUrl ?? "" });
  const attempts = new AdminClient({ transport }).taskExecutions;
  const nodeExecutionId = { nodeId: "n0", executionId: { ...scope, name: names.long } };
  for (const offset of [0, rows >> 1, rows - 200]) {
    const times: number[] = [];
    for (let time = 0; time < 20; time++) {
      const askedAt = performance.now();
      const options = { token: String(offset), pageSize: 100, limit: 100 };
      await attempts.list({ nodeExecutionId }, options).toArray({ limit: 100 });
      times.push(performance.now() - askedAt);
    }
    console.log(`page of 100 at ${offset}: ${median(times).toFixed(1)} ms`);
  }
  setFlagsFromString("--expose-gc");
  // What the flag adds to every context.
  const collectGarbage = runInNewContext("gc") as () => void;
  const walkedAt = performance.now();
  let count = 0;
  let base = 0;
  let most = 0;
  let pages = 0;
  for await (const { items } of attempts.list({ nodeExecutionId }).pages()) {
    count += items.length;
    // A collection takes as long as some pages do.
    if (pages++ % 20 !== 0) continue;
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    if (base === 0) base = heapUsed + arrayBuffers;
    most = Math.max(most, heapUsed + arrayBuffers);
  }
  const rate = (count / (performance.now() - walkedAt)) * 1000;
  console.log(
    `walk over ${count} rows: ${Math.round(rate)} items/s, memory in use grew by at most ${mib(most - base)} MiB`,
  );
  transport.close();
  server.stop();
}

function mib(bytes: number): number {
  return Math.round(bytes / mebibyte);
}
