import { once } from "node:events";

import { fileTokenStorage } from "../../../../src/node.js";

/** Writes keys of its own into a shared file, as soon as its input ends. */
const { path, name, count } = JSON.parse(process.argv[2] ?? "") as {
  readonly path: string;
  readonly name: string;
  readonly count: number;
};
const storage = fileTokenStorage(path);
console.log("ready");
await once(process.stdin.resume(), "end");
for (let at = 0; at < count; at++) await storage.save(`${name}-${at}`, "x".repeat(1_000));
