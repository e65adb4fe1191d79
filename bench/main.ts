import { mkdirSync, writeFileSync } from "node:fs";

import { create } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createGrpcTransport as createPlainTransport } from "@connectrpc/connect-node";

import { NodeExecutionIdentifierSchema } from "../gen/flyteidl/core/identifier_pb.js";
import { executionId, nodeExecutionId } from "../src/values/identifiers/index.js";
import { createGrpcTransport } from "../src/transports/grpc/index.js";
import { createRestTransport } from "../src/transports/rest/index.js";
import { calibrate } from "./calibration/calibrate.js";
import { measureCapacity, measureMemory } from "./capacity.js";
import { compare } from "./compare.js";
import { measureLayer } from "./layer.js";
import { type MeasuredList, measuredList } from "./lists/kinds.js";
import { listContenders, shortListContenders } from "./lists/list-contenders.js";
import { plainLoop } from "./lists/loops.js";
import { treeContenders } from "./lists/tree-contenders.js";
import { type BenchOptions, benchOptions } from "./options.js";
import { plot } from "./report/plot.js";
import { type Result, table } from "./report/results.js";
import { names, nodeOf, scope } from "./server/fill.js";
import { emptyPlan } from "./server/messages.js";
import { type BenchServer, startProxies, startServer } from "./server/start.js";
import { measurePageStart } from "./startup/page.js";
import { measureStartup } from "./startup/startup.js";
import { measureWaiting } from "./waiting.js";

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
  if (options.waitingCount !== undefined) {
    await measureWaiting(options.waitingCount);
    return;
  }
  if (options.startup) {
    await measureStartup();
    await measurePageStart();
    return;
  }
  if (options.calibrate) {
    await calibrate();
    return;
  }
  const { real, delaysMs } = options;
  const inMemory = real === undefined ? await startInMemory(options) : undefined;
  const server = real === undefined ? inMemory : await startProxies({ ...real, delaysMs });
  const results: Result[] = [];
  let rows: number | undefined;
  for (const port of server?.ports ?? []) {
    const transports = {
      plainGrpc: createPlainTransport({ baseUrl: port.grpcUrl }),
      grpc: createGrpcTransport({ baseUrl: port.grpcUrl }),
      rest: createRestTransport({ baseUrl: port.restUrl }),
    };
    const { node, tree } = placesOf(options);
    const list = measuredList(options.list, { node });
    rows ??= await countRows(list, transports.grpc);
    const { rowsOfSlowLoops, serialTreeNodes } = options;
    const contenders = [
      ...listContenders({ list, rows, rowsOfSlowLoops, ...transports }),
      ...(port.delayMs === 0 && inMemory !== undefined
        ? shortListContenders({ ...shortList, grpc: transports.grpc })
        : []),
      ...treeContenders({ tree, serialTreeNodes, ...transports }),
    ];
    results.push(...(await compare(contenders, port.delayMs, options.repeats, inMemory)));
    console.log(table(results.filter(({ delayMs }) => delayMs === port.delayMs)));
    transports.grpc.close();
  }
  server?.stop();
  if (delaysMs.length > 1) console.log(`\nall delays\n${table(results)}`);
  write(results, options, rows ?? 0);
  if (results.some(({ isSame }) => !isSame)) throw new Error("some lists had different rows");
}

const shortList = { list: measuredList("attempts", { node: nodeOf(names.short) }) };

function startInMemory({ list, rows, treeNodes, delaysMs }: BenchOptions): Promise<BenchServer> {
  return startServer({
    ...emptyPlan,
    attempts: list === "attempts" ? rows : 1,
    nodes: list === "nodes" ? rows : 1,
    executions: list === "executions" ? rows : 0,
    taskNames: list === "names" ? rows : 0,
    shortAttempts: shortRows,
    treeNodes,
    delaysMs,
    costs: true,
  });
}

function placesOf({ real }: BenchOptions) {
  if (real === undefined) {
    return { node: nodeOf(names.long), tree: { ...scope, name: names.tree } };
  }
  const { nodeId, executionId: ofNode } = nodeExecutionId(real.node);
  const node = create(NodeExecutionIdentifierSchema, {
    nodeId,
    ...(ofNode && { executionId: ofNode }),
  });
  return { node, tree: executionId(real.execution) };
}

/** Counts the rows in one walk, for the loops by hand that know the length. */
async function countRows(list: MeasuredList, transport: Transport): Promise<number> {
  let rows = 0;
  for await (const page of plainLoop(list, transport, 1000)) rows += page.length;
  return rows;
}

function write(results: readonly Result[], options: BenchOptions, rows: number): void {
  // Part of a run would replace the whole.
  if (options.delaysMs.length < 4 || options.list !== "attempts") return;
  const folder = new URL("../docs/bench/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const { delaysMs, repeats, serialTreeNodes, real } = options;
  const treeNodes = real === undefined ? options.treeNodes : undefined;
  const report = {
    node: process.version,
    delaysMs,
    rows,
    treeNodes,
    serialTreeNodes,
    repeats,
    results,
  };
  const file = real === undefined ? "results.json" : "real-server.json";
  writeFileSync(new URL(file, folder), `${JSON.stringify(report, undefined, 2)}\n`);
  if (real !== undefined) return;
  const shown = [
    "gRPC plain: 64 KiB windows, pages of 100",
    "REST plain: pages of 100",
    "gRPC wide windows, pages of 1,000",
    "gRPC this client",
  ];
  writeFileSync(new URL("items-by-delay.svg", folder), plot(results, shown));
}

await main();
