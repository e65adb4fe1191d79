import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { type DescMessage, toBinary } from "@bufbuild/protobuf";

import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { InMemoryFlyteAdmin, seedExecution, seedTree, seedWorkflow } from "../../../src/testing.js";
import type { ServerCommand, ServerInput } from "./protocol.js";

/**
 * An in-memory FlyteAdmin that can be killed and started again with its rows: it writes down the
 * writes it has carried out, and a later process carries them out again.
 */
const { journal, bulk, rows } = JSON.parse(process.argv[2] ?? "{}") as ServerInput;

interface Written {
  readonly rpc: string;
  readonly request: string;
}

const written: Written[] = [];
const answerAfterMs = 20;
let isFilled = false;
let ticks = 0;

const flyte = new InMemoryFlyteAdmin({
  projects: ["flytesnacks"],
  // The rows of every process are of the same times.
  now: () => (isFilled ? new Date() : new Date(Date.UTC(2026, 0, 1) + (ticks += 1))),
  beforeAnswer: async ({ rpc, request }) => {
    const method = AdminService.methods.find(({ name }) => name === rpc);
    if (!isFilled || method === undefined) return;
    if (!/^(?:Get|List)/.test(rpc)) {
      const bytes = toBinary<DescMessage>(method.input, request);
      written.push({ rpc, request: Buffer.from(bytes).toString("base64") });
    }
    // Calls are in flight when the process is killed.
    await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
  },
});

await seedWorkflow(flyte);
const literal = {
  value: {
    case: "scalar" as const,
    value: {
      value: {
        case: "primitive" as const,
        value: { value: { case: "integer" as const, value: 7n } },
      },
    },
  },
};
for (let number = 0; number < rows; number += 1) {
  const name = `row${String(number).padStart(3, "0")}`;
  await seedExecution(flyte, { name, phase: "SUCCEEDED", outputs: { o0: literal } });
}
for (const name of ["waited", "watched", ...bulk]) await seedExecution(flyte, { name });
await seedTree(flyte, { name: "tree", nodes: 24, parents: 4, attempts: (leaf) => 1 + (leaf % 3) });
isFilled = true;
console.log("filled");

for await (const line of createInterface(process.stdin)) {
  const command = JSON.parse(line) as ServerCommand;
  if (command.kind === "kill") {
    writeFileSync(journal, JSON.stringify(written));
    // What was carried out and not answered stays so.
    process.kill(process.pid, "SIGKILL");
  } else {
    if (existsSync(journal)) {
      for (const each of JSON.parse(readFileSync(journal, "utf8")) as Written[]) {
        await flyte.call(AdminService.typeName, each.rpc, Buffer.from(each.request, "base64"));
      }
    }
    const { grpcUrl, httpUrl } = await flyte.listen({
      grpcPort: command.grpcPort,
      httpPort: command.httpPort,
    });
    console.log(JSON.stringify({ grpc: grpcUrl, rest: httpUrl }));
  }
}
process.exit(0);
