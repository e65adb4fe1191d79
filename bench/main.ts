import { mkdirSync, writeFileSync } from "node:fs";

import { createGrpcTransport as createPlainTransport } from "@connectrpc/connect-node";

import { executionId, nodeExecutionId } from "../src/values/identifiers/index.js";
import { createGrpcTransport } from "../src/transports/grpc/index.js";
import { createRestTransport } from "../src/transports/rest/index.js";
import { calibrate } from "./calibration/calibrate.js";
import { measureCapacity, measureMemory } from "./capacity.js";
import { type Contender, median, type Sample, sample } from "./contender.js";
import { measureLayer } from "./layer.js";
import { listContenders, shortListContenders } from "./lists/list-contenders.js";
import { treeContenders } from "./lists/tree-contenders.js";
import { garbageCollector } from "./memory.js";
import { type BenchOptions, benchOptions } from "./options.js";
import { plot } from "./report/plot.js";
import { type Result, table } from "./report/results.js";
import { names, scope } from "./server/fill.js";
import type { Ports } from "./server/messages.js";
import { type BenchServer, startServer } from "./server/start.js";

const shortRows = 20;

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  if (options.capacityRows !== undefined) {
    await measureCapacity(options.capacityRows);
    return;
  }
  if (options.memoryRows !== undefined) {
    await measureMemory(options.memoryRows);
    return;
  }
  if (options.layerRows !== undefined) {
    await measureLayer(options.layerRows);
    return;
  }
  if (options.calibrate) {
    await calibrate();
    return;
  }
  const server = options.real === undefined ? await inMemory(options) : undefined;
  const ports: readonly Ports[] =
    server?.ports ?? (options.real ? [{ delayMs: 0, ...options.real }] : []);
  const results: Result[] = [];
  for (const port of ports) {
    const transports = {
      plainGrpc: createPlainTransport({ baseUrl: port.grpcUrl }),
      grpc: createGrpcTransport({ baseUrl: port.grpcUrl }),
      rest: createRestTransport({ baseUrl: port.restUrl }),
    };
    const { node, tree, serialTree } = placesOf(options);
    const setting = { node, ...options, ...transports };
    const contenders = [
      ...listContenders(setting),
      ...(port.delayMs === 0 && server !== undefined
        ? shortListContenders({ node: nodeOf(names.short), grpc: transports.grpc })
        : []),
      ...treeContenders({ tree, serialTree, ...transports }),
    ];
    results.push(...(await compare(contenders, port.delayMs, options.repeats, server)));
    console.log(table(results.filter(({ delayMs }) => delayMs === port.delayMs)));
    transports.grpc.close();
  }
  server?.stop();
  if (ports.length > 1) console.log(`\nall delays\n${table(results)}`);
  write(results, options);
  if (results.some(({ isSame }) => !isSame)) throw new Error("some lists had different rows");
}

function inMemory({ rows, treeNodes, serialTreeNodes, delaysMs }: BenchOptions) {
  return startServer({
    attempts: rows,
    shortAttempts: shortRows,
    treeNodes,
    smallTreeNodes: serialTreeNodes,
    delaysMs,
    costs: true,
  });
}

function placesOf({ real }: BenchOptions) {
  if (real === undefined) {
    const tree = { ...scope, name: names.tree };
    return { node: nodeOf(names.long), tree, serialTree: { ...scope, name: names.smallTree } };
  }
  const node = nodeExecutionId(real.node);
  const execution = executionId(real.execution);
  return {
    node: { nodeId: node.nodeId, executionId: { ...execution, ...node.executionId } },
    tree: execution,
    serialTree: execution,
  };
}

function nodeOf(name: string) {
  return { nodeId: "n0", executionId: { ...scope, name } };
}

/** Runs the contenders in turn, and each as often as the others. */
async function compare(
  contenders: readonly Contender[],
  delayMs: number,
  repeats: number,
  server: BenchServer | undefined,
): Promise<Result[]> {
  const collectGarbage = garbageCollector();
  const samples = new Map<Contender, Sample[]>();
  const loads = new Map<Contender, Result["load"]>();
  // The first turn opens connections and warms the compiler; it does not count.
  for (let turn = -1; turn < repeats; turn++) {
    for (const contender of rotated(contenders, turn)) {
      collectGarbage();
      await server?.takeLoad();
      const one = await sample(contender);
      loads.set(contender, await server?.takeLoad());
      if (turn >= 0) samples.set(contender, [...(samples.get(contender) ?? []), one]);
    }
  }
  const rateOf = (contender: Contender): number =>
    median((samples.get(contender) ?? []).map(({ perSecond }) => perSecond));
  const digests = new Set(
    [...samples.values()].flat().flatMap(({ digest }) => (digest === undefined ? [] : [digest])),
  );
  return contenders.map((contender) => {
    const first = contenders.find(({ group }) => group === contender.group) ?? contender;
    return {
      delayMs,
      group: contender.group,
      name: contender.name,
      perSecond: rateOf(contender),
      ratio: rateOf(contender) / rateOf(first),
      firstMs: median((samples.get(contender) ?? []).map(({ firstMs }) => firstMs)),
      cpuMs: median((samples.get(contender) ?? []).map(({ cpuMs }) => cpuMs)),
      load: loads.get(contender),
      isSame: contender.digestOf === undefined || digests.size === 1,
    };
  });
}

/** The same in an order that begins elsewhere, so that nobody always runs after the same other. */
function rotated<T>(things: readonly T[], by: number): readonly T[] {
  const at = ((by % things.length) + things.length) % things.length;
  return [...things.slice(at), ...things.slice(0, at)];
}

function write(results: readonly Result[], options: BenchOptions): void {
  // Part of a run would replace the whole.
  if (options.real !== undefined || options.delaysMs.length < 4) return;
  const folder = new URL("../docs/bench/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const { delaysMs, rows, treeNodes, repeats } = options;
  const report = { node: process.version, delaysMs, rows, treeNodes, repeats, results };
  writeFileSync(new URL("results.json", folder), `${JSON.stringify(report, undefined, 2)}\n`);
  const shown = [
    "gRPC plain: 64 KiB windows, pages of 100",
    "REST plain: pages of 100",
    "gRPC wide windows, pages of 1,000",
    "gRPC this client",
  ];
  writeFileSync(new URL("items-by-delay.svg", folder), plot(results, shown));
}

await main();
