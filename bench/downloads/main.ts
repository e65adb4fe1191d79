import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import { type ReadCost, ways } from "./reader.js";

/**
 * Measures how much memory a large download takes, each way in a process of its own:
 * `node --import tsx bench/downloads/main.ts [MiB]`, 1024 MiB by default. Fails above 64 MiB.
 */
const mib = 1024 * 1024;
const maxGrowth = 64 * mib;

function start(file: string, args: readonly string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, args, { execArgv: ["--expose-gc", "--import", "tsx"] });
  const answer = new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", () => {
      reject(new Error(`${file} ended early`));
    });
  });
  return { child, answer };
}

const bytes = Number(process.argv[2] ?? 1024) * mib;
const storage = start("./storage.ts", [String(bytes)]);
const url = `http://127.0.0.1:${String(await storage.answer)}/object`;
console.log(`| way of reading ${bytes / mib} MiB | growth, MiB | MiB/s |\n| --- | ---: | ---: |`);
for (const way of Object.keys(ways)) {
  // What the reader of this same folder sends.
  const cost = (await start("./reader.ts", [url, way]).answer) as ReadCost;
  const speed = cost.bytes / mib / cost.seconds;
  console.log(`| ${way} | ${(cost.rssGrowth / mib).toFixed(1)} | ${speed.toFixed(0)} |`);
  if (cost.bytes !== bytes) throw new Error(`${way} read ${cost.bytes} bytes`);
  if (cost.rssGrowth > maxGrowth) process.exitCode = 1;
}
storage.child.disconnect();
