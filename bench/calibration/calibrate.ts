import { Sort_Direction } from "../../gen/flyteidl/admin/common_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { compareRatios } from "./ratios.js";
import { median } from "../contender.js";
import { costMs } from "../server/cost-model.js";
import { names, scope } from "../server/fill.js";
import { measured } from "../server/measured.js";
import { emptyPlan } from "../server/messages.js";
import { type BenchServer, startServer } from "../server/start.js";
import { RawClient } from "./raw-client.js";

const rows = 100_000;
const method = AdminService.method.listTaskExecutions;

/** One figure of the real server, beside that of the model and what was seen when it ran. */
interface Figure {
  readonly name: string;
  readonly unit: "rows/s" | "calls/s" | "ms";
  readonly measured: number;
  readonly modelled: number;
  /** On a busy machine it is worse than the model. */
  readonly seen: number;
}

/**
 * Prints what the server of the bench costs beside what the real one did. Where a call waits for
 * the one before, the time that the client of the measurements took is added; where calls are in
 * flight, the client works while the server does.
 */
export async function calibrate(): Promise<void> {
  const plan = { ...emptyPlan, attempts: rows, shortAttempts: 1, costs: true };
  const server = await startServer(plan);
  const client = await RawClient.connect(server.ports[0]?.grpcUrl ?? "");
  console.log(`${"".padEnd(34)}${["measured", "model", "", "seen", ""].map(column).join("")}`);
  for (const figures of [sequentialPages, pagesAhead, deepPages, smallCalls]) {
    for (const figure of await figures(client)) console.log(lineOf(figure));
  }
  await ownCost(client, server);
  client.close();
  server.stop();
  await compareRatios();
}

async function sequentialPages(client: RawClient): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [size, rate] of bySize(measured.rowsPerSecond)) {
    const pages = 10_000 / size;
    const ms = await medianServerMs(3, () =>
      inFlight(pages, 1, (page) => list(client, size, page)),
    );
    figures.push({
      name: `pages of ${size}, one after another`,
      unit: "rows/s",
      measured: rate,
      modelled: (1000 * size) / (pageMs(size, 1) + clientMs(size)),
      seen: 10_000_000 / (ms + pages * clientMs(size)),
    });
  }
  return figures;
}

async function pagesAhead(client: RawClient): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [size, count, rate] of [[1000, 8, measured.pagesAheadPerSecond]] as const) {
    // The deep part of the list costs more.
    const pages = Math.floor(10_000 / size);
    const run = () => inFlight(pages * 2, count, (at) => list(client, size, at % pages));
    figures.push({
      name: `pages of ${size}, ${count} in flight`,
      unit: "rows/s",
      measured: rate,
      modelled: (1000 * size) / pageMs(size, count),
      seen: (2000 * pages * size) / (await medianMs(3, run)),
    });
  }
  return figures;
}

async function deepPages(client: RawClient): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [size, took] of bySize(measured.deepPageMs)) {
    const ms = await medianServerMs(3, () => list(client, size, 60_000 / size));
    figures.push({
      name: `a page of ${size} after 60,000 rows`,
      unit: "ms",
      measured: took,
      modelled: pageMs(size, 1, 60_000) + clientMs(size),
      seen: ms + clientMs(size),
    });
  }
  return figures;
}

async function smallCalls(client: RawClient): Promise<Figure[]> {
  const { calls, tookMs } = measured.serialTree;
  const run = (count: number) => inFlight(1000, count, () => list(client, 100, 0, names.short));
  const serialMs = await medianServerMs(3, () => run(1));
  const modelMs = (inside: number): number => costMs({ rows: 1, offset: 0, isLong: false, inside });
  const figures: Figure[] = [
    {
      name: "small calls, one after another",
      unit: "calls/s",
      measured: calls / (tookMs / 1000),
      modelled: 1000 / (modelMs(1) + measured.clientCallMs),
      seen: 1_000_000 / (serialMs + 1000 * measured.clientCallMs),
    },
  ];
  for (const [count, rate] of [
    ...bySize(measured.callsPerSecond),
    [64, calls / (measured.treeOf64Ms / 1000)] as const,
  ]) {
    figures.push({
      name: `small calls, ${count} in flight`,
      unit: "calls/s",
      measured: rate,
      modelled: 1000 / modelMs(count),
      seen: 1_000_000 / (await medianMs(3, () => run(count))),
    });
  }
  return figures;
}

function pageMs(size: number, inside: number, offset = 0): number {
  return costMs({ rows: size, offset, isLong: true, inside });
}

function clientMs(size: number): number {
  return size * measured.clientRowMs + measured.clientCallMs;
}

/** Measures the in-memory server's own time: it has to be less than the time that it pretends to take. */
async function ownCost(client: RawClient, server: BenchServer): Promise<void> {
  for (const [name, size, calls] of [
    [names.long, 1000, 40],
    [names.short, 100, 1000],
  ] as const) {
    await server.takeLoad();
    await inFlight(calls, 8, (page) => list(client, size, page, name));
    const { cpuMs } = await server.takeLoad();
    console.log(
      `the process of the server, ${name} list: ${((cpuMs / calls) * 1000).toFixed(0)} µs of a processor a call, precise waiting included`,
    );
  }
}

function list(client: RawClient, limit: number, page: number, name: string = names.long) {
  return client.call(method, {
    nodeExecutionId: { nodeId: "n0", executionId: { ...scope, name } },
    limit,
    token: name === names.long && page > 0 ? String(limit * page) : "",
    sortBy: { key: "id", direction: Sort_Direction.ASCENDING },
  });
}

/** Makes so many calls, so many at a time. */
async function inFlight(
  calls: number,
  count: number,
  call: (at: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < calls) await call(next++);
  };
  await Promise.all(Array.from({ length: count }, work));
}

async function medianMs(times: number, run: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const startedAt = performance.now();
    await run();
    took.push(performance.now() - startedAt);
  }
  return median(took);
}

/** The same where the client works while the server waits for it: without the client's part. */
async function medianServerMs(times: number, run: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < times; time++) {
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await run();
    const { user, system } = process.cpuUsage(before);
    took.push(performance.now() - startedAt - (user + system) / 1000);
  }
  return median(took);
}

function bySize(figures: Readonly<Record<number, number>>): readonly (readonly [number, number])[] {
  return Object.entries(figures).map(([size, value]) => [Number(size), value]);
}

function lineOf({ name, unit, measured: real, modelled, seen }: Figure): string {
  const off = (value: number): string => `${((value / real - 1) * 100).toFixed(0)} %`;
  const text = (value: number): string => `${Math.round(value).toLocaleString("en")} ${unit}`;
  const cells = [text(real), text(modelled), off(modelled), text(seen), off(seen)];
  return `${name.padEnd(34)}${cells.map(column).join("")}`;
}

function column(text: string, at: number): string {
  return text.padStart(at === 2 || at === 4 ? 8 : 16);
}
