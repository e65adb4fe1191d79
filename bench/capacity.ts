import type { TaskExecution } from "../gen/flyteidl/admin/task_execution_pb.js";
import { createGrpcTransport } from "../src/transports/grpc/index.js";
import { AdminClient } from "../src/admin-client.js";
import type { PagedList } from "../src/paging/index.js";
import { InMemoryFlyteAdmin } from "../src/testing/in-memory-flyte-admin.js";
import { median } from "./contender.js";
import { memoryGrowth } from "./memory.js";
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
  const grown = await memoryGrowth(pagesOf(attempts.list({ nodeExecutionId })));
  console.log(
    `walk over ${grown.rows} rows: ${Math.round(grown.perSecond)} rows/s; beyond the first page, memory in use grew by at most ${grown.inUseMib} MiB, resident memory by ${grown.residentMib} MiB`,
  );
  transport.close();
  server.stop();
}

async function* pagesOf(list: PagedList<TaskExecution>) {
  for await (const { items } of list.pages()) yield items;
}

function mib(bytes: number): number {
  return Math.round(bytes / mebibyte);
}
