import { AdminClient } from "../src/client/admin-client.js";
import { createGrpcTransport } from "../src/transports/grpc/index.js";
import { median } from "./contender.js";
import { measuredList } from "./lists/kinds.js";
import { plainLoop } from "./lists/loops.js";
import { garbageCollector } from "./memory.js";
import { names, nodeOf } from "./server/fill.js";
import { emptyPlan } from "./server/messages.js";
import { startServer } from "./server/start.js";

const pageSize = 1_000;
const turns = 9;

/**
 * Measures what the client's own layer takes of this process's processor: a walk over many rows,
 * against a loop by hand over the plain Connect client with the same transport and pages.
 */
export async function measureLayer(rows: number): Promise<void> {
  const server = await startServer({ ...emptyPlan, attempts: rows });
  const transport = createGrpcTransport({ baseUrl: server.ports[0]?.grpcUrl ?? "" });
  const attempts = measuredList("attempts", { node: nodeOf(names.long) });
  const admin = new AdminClient({ transport });
  const list = () => attempts.list(admin, { pageSize, readAhead: false });
  const ways = [
    { name: "by hand", count: () => countOf(plainLoop(attempts, transport, pageSize)) },
    { name: "this client, the same pages", count: () => countOf(itemsOf(list().pages())) },
    { name: "this client, row by row", count: () => countOfRows(list()) },
  ].map((way) => ({ ...way, cpu: Array<number>(), rates: Array<number>() }));
  const collectGarbage = garbageCollector();
  // The first turn warms the compiler; it does not count.
  for (let turn = -1; turn < turns; turn++) {
    for (const { count, cpu, rates } of ways) {
      collectGarbage();
      const before = process.cpuUsage();
      const startedAt = performance.now();
      const seen = await count();
      const seconds = (performance.now() - startedAt) / 1_000;
      const { user, system } = process.cpuUsage(before);
      if (seen !== rows) throw new Error(`${seen} of ${rows} rows came`);
      if (turn < 0) continue;
      cpu.push((user + system) / rows);
      rates.push(rows / seconds);
    }
  }
  transport.close();
  server.stop();
  const [byHand] = ways;
  console.log(`${rows} rows over gRPC, medians of ${turns} turns\n`);
  console.log("| loop | µs of processor a row | against by hand | rows/s |");
  console.log("| --- | ---: | ---: | ---: |");
  for (const { name, cpu, rates } of ways) {
    const ratio = median(cpu) / median(byHand?.cpu ?? []);
    const cells = [median(cpu).toFixed(2), ratio.toFixed(2), Math.round(median(rates))];
    console.log(`| ${[name, ...cells].join(" | ")} |`);
  }
}

async function countOf(pages: AsyncIterable<readonly unknown[]>): Promise<number> {
  let count = 0;
  for await (const rows of pages) for (const row of rows) count += row === undefined ? 0 : 1;
  return count;
}

async function countOfRows(rows: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const row of rows) count += row === undefined ? 0 : 1;
  return count;
}

async function* itemsOf<T>(pages: AsyncIterable<{ readonly items: readonly T[] }>) {
  for await (const { items } of pages) yield items;
}
