import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";

import type { TokenStorage } from "../../auth/index.js";
import { isRecord } from "../../auth/jwt.js";

/** The largest file that is read, in bytes. */
const maxBytes = 1_048_576;

/**
 * Keeps tokens in a file that only its owner may read (mode 600, in a folder of mode 700). It is written
 * beside and moved into place, so that no reader finds half of it. A file that others may read is not trusted, and not read.
 *
 * @param path The file.
 * @defaultValue `~/.flyte/flyte-admin-client-tokens.json`
 */
export function fileTokenStorage(
  path: string = join(homedir(), ".flyte", "flyte-admin-client-tokens.json"),
): TokenStorage {
  // One change at a time: each reads what the one before wrote.
  let last: Promise<void> = Promise.resolve();
  const change = (edit: (texts: Map<string, string>) => void): Promise<void> => {
    const next = last.then(async () => {
      const texts = await read(path);
      edit(texts);
      await write(path, texts);
    });
    last = next.catch(() => undefined);
    return next;
  };
  return {
    load: async (key) => {
      await last;
      return (await read(path)).get(key);
    },
    save: (key, text) => change((texts) => void texts.set(key, text)),
    remove: (key) => change((texts) => void texts.delete(key)),
  };
}

async function read(path: string): Promise<Map<string, string>> {
  const facts = await stat(path).catch(() => undefined);
  const isOpen = process.platform !== "win32" && ((facts?.mode ?? 0) & 0o077) !== 0;
  if (facts === undefined || facts.size > maxBytes || isOpen) return new Map();
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (!isRecord(value)) return new Map();
    return new Map(
      Object.entries(value).flatMap(([key, text]) =>
        typeof text === "string" ? [[key, text]] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

async function write(path: string, texts: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (texts.size === 0) {
    await rm(path, { force: true });
    return;
  }
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, JSON.stringify(Object.fromEntries(texts)), { mode: 0o600, flag: "wx" });
    // The process's mask can only take rights away, but a file system may give some.
    await chmod(beside, 0o600);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
