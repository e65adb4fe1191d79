import { once } from "node:events";

// The file alone: four processes that load the whole package at once take long on a busy machine.
import { fileTokenStorage } from "../../../../src/node/auth/file-token-storage.js";

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
