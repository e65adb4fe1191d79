import { create, fromBinary, toBinary } from "@bufbuild/protobuf";

import {
  TaskExecutionListRequestSchema,
  TaskExecutionListSchema,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { createDecoder } from "../../src/decoding/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing/in-memory-flyte-admin.js";
import { fillAttempts, scope } from "../server/fill.js";

/**
 * Measures what decoding a page of 1,000 task executions costs, by protobuf-es and by our own
 * decoder, in turns: `node --import tsx bench/decoding/main.ts [turns]`, 60 turns unless told.
 */
const rows = 1_000;

async function encodedPage(): Promise<Uint8Array> {
  const flyte = new InMemoryFlyteAdmin({ projects: [scope.project] });
  const nodeExecutionId = await fillAttempts(flyte, "long", rows);
  const request = create(TaskExecutionListRequestSchema, { nodeExecutionId, limit: rows });
  const bytes = toBinary(TaskExecutionListRequestSchema, request);
  return flyte.call(AdminService.typeName, "ListTaskExecutions", bytes);
}

function microsecondsARow(decode: () => unknown): number {
  const startedAt = performance.now();
  decode();
  return ((performance.now() - startedAt) * 1_000) / rows;
}

const page = await encodedPage();
const decoder = createDecoder();
const ways = [
  { name: "protobuf-es", decode: () => fromBinary(TaskExecutionListSchema, page) },
  { name: "our decoder", decode: () => decoder.decode(TaskExecutionListSchema, page) },
].map((way) => ({ ...way, costs: Array<number>() }));
for (let turn = 0; turn < Number(process.argv[2] ?? 60); turn++) {
  for (const { decode, costs } of ways) costs.push(microsecondsARow(decode));
}
console.log(`rows of ${Math.round(page.length / rows)} bytes\n`);
console.log("| decoded by | µs a row, median | µs a row, best |\n| --- | ---: | ---: |");
for (const { name, costs } of ways) {
  const sorted = costs.sort((a, b) => a - b);
  const [best = NaN, median = NaN] = [sorted[0], sorted[Math.floor(sorted.length / 2)]];
  console.log(`| ${name} | ${median.toFixed(1)} | ${best.toFixed(1)} |`);
}
