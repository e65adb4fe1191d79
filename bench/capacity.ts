import { fileURLToPath } from "node:url";

import { runTypeScript } from "../tools/lib/run.mjs";
import type { TaskExecution } from "../gen/flyteidl/admin/task_execution_pb.js";
import { createGrpcTransport } from "../src/transports/grpc/index.js";
import { AdminClient } from "../src/client/admin-client.js";
import type { PagedList } from "../src/lists/paging/index.js";
import { InMemoryFlyteAdmin } from "../src/testing/in-memory-flyte-admin.js";
import { median } from "./contender.js";
import { memoryGrowth } from "./memory.js";
import { memoryWalks } from "./memory-walk/walks.js";
import { names, nodeOf, scope } from "./server/fill.js";
import { emptyPlan, type ServerPlan } from "./server/messages.js";
import { startServer } from "./server/start.js";

const mebibyte = 2 ** 20;
const nodeExecutionId = nodeOf(names.long);

/**
 * Measures by how much walks over many rows make their process grow, this client's beside loops by hand: each in a
 * process of its own, with the server in another.
 */
export async function measureMemory(rows: number): Promise<void> {
  const server = await startServer(planOf(rows));
  const file = fileURLToPath(new URL("./memory-walk/main.ts", import.meta.url));
  console.log(`${rows} rows over gRPC; growth after the first page, at most\n`);
  console.log("| walk | rows/s | in use, MiB | resident, MiB |");
  console.log("| --- | ---: | ---: | ---: |");
  for (const name of Object.keys(memoryWalks)) {
    const args = [name, server.ports[0]?.grpcUrl ?? "", String(rows)];
    const ended = await runTypeScript(file, args, { show: true, timeoutMs: 0 });
    if (!ended.ok) throw new Error(`the walk ended early: ${ended.how}`);
  }
  server.stop();
}

/** Measures what the in-memory server holds and how fast, and what a walk over all of it takes. */
export async function measureCapacity(rows: number): Promise<void> {
  const startedAt = performance.now();
  const empty = await new InMemoryFlyteAdmin({ projects: [scope.project] }).listen();
  console.log(`start-up: ${(performance.now() - startedAt).toFixed(1)} ms to listen`);
  await empty.close();

  const fillingAt = performance.now();
  const server = await startServer(planOf(rows));
  const seconds = (performance.now() - fillingAt) / 1000;
  console.log(`${rows} attempts written in ${seconds.toFixed(0)} s`);
  console.log(`server: ${mib(await server.rssBytes())} MiB resident`);
  const transport = createGrpcTransport({ baseUrl: server.ports[0]?.grpcUrl ?? "" });
  const attempts = new AdminClient({ transport }).taskExecutions;
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
  await printWalk(attempts);
  transport.close();
  server.stop();
}

function planOf(rows: number): ServerPlan {
  return { ...emptyPlan, attempts: rows };
}

async function printWalk(attempts: AdminClient["taskExecutions"]): Promise<void> {
  const grown = await memoryGrowth(pagesOf(attempts.list({ nodeExecutionId })));
  console.log(
    `walk over ${grown.rows} rows: ${Math.round(grown.perSecond)} rows/s; after the first page, memory in use grew by at most ${grown.inUseMib} MiB and resident memory by ${grown.residentMib} MiB`,
  );
}

async function* pagesOf(list: PagedList<TaskExecution>) {
  for await (const { items } of list.pages()) yield items;
}

function mib(bytes: number): number {
  return Math.round(bytes / mebibyte);
}
