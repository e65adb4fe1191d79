import { execFileSync } from "node:child_process";
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, jest } from "@jest/globals";

import { startChild } from "../../support/child.js";
import { fileTokenStorage, type KeychainEntry, keychainTokenStorage } from "../../../src/node.js";

async function file(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "flyte-tokens-")), "deep", "tokens.json");
}

describe("the file for tokens", () => {
  it("returns what was kept, by key", async () => {
    const storage = fileTokenStorage(await file());
    expect(await storage.load("a")).toBeUndefined();
    await Promise.all([
      storage.save("a", "one"),
      storage.save("b", "two"),
      storage.save("a", "three"),
    ]);
    expect(await storage.load("a")).toBe("three");
    await storage.remove("a");
    expect([await storage.load("a"), await storage.load("b")]).toEqual([undefined, "two"]);
  });

  it("may be read by its owner only, and so may its folder", async () => {
    const path = await file();
    await fileTokenStorage(path).save("a", "one");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
  });

  it("is not trusted when others may read it", async () => {
    const path = await file();
    const storage = fileTokenStorage(path);
    await storage.save("a", "one");
    await chmod(path, 0o644);
    expect(await storage.load("a")).toBeUndefined();
  });

  it("is not read when it is larger than 1 MiB", async () => {
    const path = await file();
    const storage = fileTokenStorage(path);
    await storage.save("a", "x".repeat(1_100_000));
    expect(await storage.load("a")).toBeUndefined();
    await storage.save("b", "one");
    expect(await storage.load("b")).toBe("one");
  });

  it("leaves nothing beside it, and goes with the last key", async () => {
    const path = await file();
    const storage = fileTokenStorage(path);
    await Promise.all(Array.from({ length: 20 }, (_, at) => storage.save(`key-${at}`, "x")));
    expect(await readdir(join(path, ".."))).toEqual(["tokens.json"]);
    expect(Object.keys(JSON.parse(await readFile(path, "utf8")) as object)).toHaveLength(20);
    for (let at = 0; at < 20; at++) await storage.remove(`key-${at}`);
    expect(await readdir(join(path, ".."))).toEqual([]);
  });
});

/** All that jest can replace but intervals. */
const fakedButIntervals = [
  "Date",
  "nextTick",
  "queueMicrotask",
  "setImmediate",
  "clearImmediate",
  "setTimeout",
  "clearTimeout",
  "performance",
  "hrtime",
] as const;

describe("the file for tokens, shared by processes", () => {
  it("loses no key of four processes that write at the same time", async () => {
    const path = await file();
    const child = new URL("children/write-keys.ts", import.meta.url);
    const names = ["a", "b", "c", "d"];
    const children = names.map((name) => startChild(child, { path, name, count: 30 }));
    // Each is ready before any writes.
    for (const each of children) expect(await each.line()).toBe("ready");
    for (const each of children) each.process.stdin?.end();
    expect(await Promise.all(children.map((each) => each.ended))).toEqual([0, 0, 0, 0]);
    const kept = Object.keys(JSON.parse(await readFile(path, "utf8")) as object);
    expect(kept).toHaveLength(120);
    expect(await readdir(join(path, ".."))).toEqual(["tokens.json"]);
  }, 120_000);

  it("breaks the lock of a process that died", async () => {
    const path = await file();
    const storage = fileTokenStorage(path);
    await storage.save("a", "one");
    const lock = `${path}.lock`;
    await writeFile(lock, "of a process that died");
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await storage.save("b", "two");
    expect([await storage.load("a"), await storage.load("b")]).toEqual(["one", "two"]);
    expect(await readdir(join(path, ".."))).toEqual(["tokens.json"]);
  });

  it("waits while another process holds the lock", async () => {
    const path = await file();
    const storage = fileTokenStorage(path);
    await storage.save("a", "one");
    await writeFile(`${path}.lock`, "of a process that works");
    const saved = storage.save("b", "two");
    for (let turn = 0; turn < 100; turn++) {
      expect(Object.keys(JSON.parse(await readFile(path, "utf8")) as object)).toEqual(["a"]);
    }
    await rm(`${path}.lock`);
    await saved;
    expect(await storage.load("b")).toBe("two");
  });

  it("is written again by a process that was frozen and has lost its lock meanwhile", async () => {
    const path = await file();
    await mkdir(join(path, ".."), { mode: 0o700 });
    // A pipe in place of the file: whoever reads it waits until it is written.
    execFileSync("mkfifo", ["-m", "600", path]);
    await link(path, `${path}.pipe`);
    const storage = fileTokenStorage(path);
    const saved = storage.save("a", "one");
    const pipe = await open(`${path}.pipe`, "w");
    await rm(path);
    await writeFile(path, JSON.stringify({ b: "two" }), { mode: 0o600 });
    await writeFile(`${path}.lock`, "another process");
    await pipe.write("{}");
    await pipe.close();
    await rm(`${path}.lock`);
    await saved;
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ a: "one", b: "two" });
  });

  it("renews one session at a time, and those of different servers at the same time", async () => {
    const path = await file();
    const [one, two] = [fileTokenStorage(path), fileTokenStorage(path)];
    const order: string[] = [];
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const held = one.withLock?.("a", async () => {
      order.push("begin");
      await one.save("a", "renewed");
      await ended;
      order.push("end");
      throw new Error("refused");
    });
    const failed = expect(held).rejects.toThrow("refused");
    while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const waiting = two.withLock?.("a", async () => order.push(String(await two.load("a"))));
    await two.withLock?.("b", () => Promise.resolve(order.push("another server")));
    end();
    await Promise.all([failed, waiting]);
    expect(order).toEqual(["begin", "another server", "end", "renewed"]);
    expect(await readdir(join(path, ".."))).toEqual(["tokens.json"]);
  });

  it("keeps the lock of a process that works for long", async () => {
    const path = await file();
    jest.useFakeTimers({ doNotFake: [...fakedButIntervals] });
    try {
      await fileTokenStorage(path).withLock?.("a", async () => {
        const [name = ""] = await readdir(join(path, ".."));
        const lock = join(path, "..", name);
        const longAgo = new Date(Date.now() - 9_000);
        await utimes(lock, longAgo, longAgo);
        const before = (await stat(lock)).mtimeMs;
        jest.advanceTimersByTime(2_000);
        while ((await stat(lock)).mtimeMs === before) continue;
        expect((await stat(lock)).mtimeMs).toBeGreaterThan(before + 8_000);
      });
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it("refuses a folder where everybody may replace files", async () => {
    const path = await file();
    await mkdir(join(path, ".."));
    await chmod(join(path, ".."), 0o777);
    await expect(fileTokenStorage(path).save("a", "one")).rejects.toThrow("chmod o-w");
  });

  it("leaves the mode of a folder that exists as it is", async () => {
    const path = await file();
    await mkdir(join(path, ".."));
    await chmod(join(path, ".."), 0o755);
    await fileTokenStorage(path).save("a", "one");
    expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o755);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

describe("the keychain for tokens", () => {
  function keychain() {
    const entries = new Map<string, string>();
    const openEntry = (service: string, account: string): KeychainEntry => ({
      getPassword: () => {
        const found = entries.get(`${service}/${account}`);
        if (found === undefined) throw new Error("the entry does not exist");
        return found;
      },
      setPassword: (password) => {
        if (password.length * 2 > 2560) throw new Error("too long for this keychain");
        entries.set(`${service}/${account}`, password);
      },
      deletePassword: () => entries.delete(`${service}/${account}`),
    });
    return { entries, openEntry };
  }

  it("keeps tokens of any size in parts", async () => {
    const { entries, openEntry } = keychain();
    const lockFolder = join(await file(), "..");
    const storage = await keychainTokenStorage({ openEntry, lockFolder });
    expect(await storage.load("k")).toBeUndefined();
    for (const length of [0, 1, 1199, 1200, 1201, 10_000]) {
      await storage.save("k", "x".repeat(length));
      expect((await storage.load("k"))?.length).toBe(length);
    }
    await storage.save("k", "short");
    expect(await storage.load("k")).toBe("short");
    await storage.remove("k");
    expect([...entries.keys()]).toEqual([]);
  });

  it("loses no change of four processes, and mixes no parts of theirs", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flyte-keychain-"));
    const child = new URL("children/count-in-keychain.ts", import.meta.url);
    const children = [1, 2, 3, 4].map(() => startChild(child, { folder, count: 10 }));
    // Each is ready before any begins.
    for (const each of children) expect(await each.line()).toBe("ready");
    for (const each of children) each.process.stdin?.end();
    const last = await Promise.all(children.map((each) => each.line()));
    expect(await Promise.all(children.map((each) => each.ended))).toEqual([0, 0, 0, 0]);
    expect(Math.max(...last.map(Number))).toBe(40);
    expect(await readdir(join(folder, "locks"))).toEqual([]);
  });
});
