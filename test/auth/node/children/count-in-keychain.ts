import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// The file alone: four processes that load the whole package at once take long on a busy machine.
import { keychainTokenStorage } from "../../../../src/node/auth/keychain-token-storage.js";

const { folder, count } = JSON.parse(process.argv[2] ?? "") as {
  readonly folder: string;
  readonly count: number;
};

/** A keychain of files, so slow that another process is likely to come between two entries of a token. */
const storage = await keychainTokenStorage({
  lockFolder: join(folder, "locks"),
  openEntry: (_service, account) => {
    const path = join(folder, encodeURIComponent(account));
    return {
      getPassword: () => (existsSync(path) ? readFileSync(path, "utf8") : null),
      setPassword: (password) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
        writeFileSync(path, password);
      },
      deletePassword: () => {
        rmSync(path);
      },
    };
  },
});

/** The number that is kept, or NaN where parts of several texts are mixed. */
async function kept(): Promise<number> {
  const text = (await storage.load("k")) ?? "";
  const numbers = new Set(text.split(","));
  return numbers.size === 1 ? Number(text.split(",")[0]) : NaN;
}

console.log("ready");
await once(process.stdin.resume(), "end");
for (let at = 0; at < count; at++) {
  await storage.withLock?.("k", async () => {
    const next = (await kept()) + 1;
    await storage.save("k", Array<number>(1_000).fill(next).join(","));
  });
  if (Number.isNaN(await kept())) throw new Error("the parts of several texts are mixed");
}
console.log(await kept());
