import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ensureBuilt } from "../../tools/lib/build.mjs";
import { inProject } from "../../tools/lib/project.mjs";
import { runNode } from "../../tools/lib/run.mjs";
import { median } from "../contender.js";

const repeats = 9;

const plain = "plain Connect: connect-node, AdminService";
const programs: Readonly<Record<string, string>> = {
  nothing: "",
  [plain]: `import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
createClient(AdminService, createGrpcTransport({ baseUrl: "http://127.0.0.1:1" }));`,
  "flyte-admin-client": `import { AdminClient } from "flyte-admin-client";
new AdminClient({ baseUrl: "http://127.0.0.1:1" });`,
  "flyte-admin-client/functions": `import { connectRest, listTaskExecutions } from "flyte-admin-client/functions";
listTaskExecutions(connectRest({ baseUrl: "http://127.0.0.1:1" }), { nodeExecutionId: "p/d/e/n" });`,
  "flyte-admin-client/node": `import { AdminClient } from "flyte-admin-client";
import { createGrpcTransport } from "flyte-admin-client/node";
new AdminClient({ transport: createGrpcTransport({ baseUrl: "http://127.0.0.1:1" }) });`,
  "flyte-admin-client/testing": `import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";
new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });`,
};

/** Added to each program: its memory and the processor time of its process, at its end. */
const report = `
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, residentMib: process.memoryUsage.rss() / 2 ** 20 }));`;

interface Start {
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly residentMib: number;
}

/**
 * Measures what it costs a process of Node to load each entry point as it is built and to make a client, beside plain
 * Connect with the same messages: whole processes in turn, with no code cached, and medians of them.
 */
export async function measureStartup(): Promise<void> {
  await ensureBuilt();
  // Inside of the project, so that the programs import the package by its name.
  const folder = mkdtempSync(inProject(".tmp", "startup-"));
  try {
    const starts = new Map<string, Start[]>(Object.keys(programs).map((name) => [name, []]));
    // The first turn fills the system's cache of files; it does not count.
    for (let turn = -1; turn < repeats; turn++) {
      for (const [index, [name, program]] of Object.entries(programs).entries()) {
        const start = await startOnce(join(folder, `${index}.mjs`), program);
        if (turn >= 0) starts.get(name)?.push(start);
      }
    }
    const modules = new Map<string, number>();
    for (const [index, name] of Object.keys(programs).entries()) {
      modules.set(
        name,
        await countModules(join(folder, `${index}.mjs`), join(folder, `cover-${index}`)),
      );
    }
    console.log(table(starts, modules));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOnce(file: string, program: string): Promise<Start> {
  writeFileSync(file, program + report);
  const startedAt = performance.now();
  const ended = await runNode(file);
  const tookMs = performance.now() - startedAt;
  if (!ended.ok) throw new Error(`${program}\n${ended.output}`);
  const read: unknown = JSON.parse(ended.stdout);
  return { tookMs, cpuMs: numberOf(read, "cpuMs"), residentMib: numberOf(read, "residentMib") };
}

function numberOf(read: unknown, name: string): number {
  const value: unknown = typeof read === "object" && read !== null ? Reflect.get(read, name) : 0;
  return Number(value);
}

/** The modules that Node loads besides its own, the program's among them. */
async function countModules(file: string, folder: string): Promise<number> {
  await runNode(file, [], { env: { NODE_V8_COVERAGE: folder } });
  const urls = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return [...text.matchAll(/"url":"(file:[^"]+)"/g)].map(([, url]) => url);
  });
  return new Set(urls).size;
}

function table(
  starts: ReadonlyMap<string, readonly Start[]>,
  modules: ReadonlyMap<string, number>,
): string {
  const of = (name: string, key: keyof Start) =>
    median((starts.get(name) ?? []).map((start) => start[key]));
  const beyond = (name: string, key: keyof Start) => of(name, key) - of("nothing", key);
  const rows = [...starts.keys()].map((name) => [
    name,
    beyond(name, "tookMs").toFixed(0),
    (beyond(name, "tookMs") / beyond(plain, "tookMs")).toFixed(2),
    beyond(name, "cpuMs").toFixed(0),
    (beyond(name, "cpuMs") / beyond(plain, "cpuMs")).toFixed(2),
    of(name, "residentMib").toFixed(0),
    String(modules.get(name)),
  ]);
  const head = ["program", "ms", "× plain", "CPU ms", "× plain", "resident MiB", "modules"];
  const lines = [head, ...rows].map((cells) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(44) : cell.padStart(13))).join(""),
  );
  const note = `Medians of ${repeats} processes. Times are beyond those of a program that does nothing, ${of("nothing", "tookMs").toFixed(0)} ms.`;
  return [...lines, "", note].join("\n");
}
