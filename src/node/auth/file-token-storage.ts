import { randomUUID } from "node:crypto";
import { chmod, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import type { TokenStorage } from "../../auth/index.js";
import { isRecord } from "../../internal/validation/index.js";
import { prepareFolder, withFileLock, withKeyLock } from "./file-lock.js";

/** The largest file that is read, in bytes. */
const maxBytes = 1_048_576;

/**
 * Keeps tokens in a file that only its owner may read (mode 600). Processes that share the file change it and renew
 * a token one at a time, under locks beside it, and each change is moved into place whole. A file that others may read, or that
 * belongs to another user, is not trusted and not read. A folder that is missing is created with mode 700; one
 * that exists keeps its mode, and is refused where everybody may replace files in it.
 *
 * @param path The file.
 * @defaultValue `~/.flyte/flyte-admin-client-tokens.json`
 */
export function fileTokenStorage(
  path: string = join(homedir(), ".flyte", "flyte-admin-client-tokens.json"),
): TokenStorage {
  // One change at a time within this process, so that its own calls do not wait for the lock by turns.
  let last: Promise<void> = Promise.resolve();
  const change = (edit: (texts: Map<string, string>) => boolean): Promise<void> => {
    const next = last.then(() => changeFile(path, edit));
    last = next.catch(() => undefined);
    return next;
  };
  return {
    load: async (key) => {
      await last;
      return (await read(path)).get(key);
    },
    save: (key, text) =>
      change((texts) => {
        if (texts.get(key) === text) return false;
        texts.set(key, text);
        return true;
      }),
    remove: (key) => change((texts) => texts.delete(key)),
    withLock: (key, work) => withKeyLock(path, key, work),
  };
}

/** @param edit Returns whether it changed anything. */
async function changeFile(
  path: string,
  edit: (texts: Map<string, string>) => boolean,
): Promise<void> {
  await prepareFolder(dirname(path));
  // Whoever was frozen long enough to lose the lock reads again what others wrote meanwhile.
  while (!(await withFileLock(`${path}.lock`, (isHeld) => changeOnce(path, edit, isHeld))))
    continue;
}

/** @returns whether the change is in place; `false` where the lock was lost */
async function changeOnce(
  path: string,
  edit: (texts: Map<string, string>) => boolean,
  isHeld: () => Promise<boolean>,
): Promise<boolean> {
  const texts = await read(path);
  if (!edit(texts)) return true;
  if (texts.size === 0) {
    if (!(await isHeld())) return false;
    await rm(path, { force: true });
    return true;
  }
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, JSON.stringify(Object.fromEntries(texts)), { mode: 0o600, flag: "wx" });
    // The process's mask can only take rights away, but a file system may give some.
    await chmod(beside, 0o600);
    if (!(await isHeld())) return false;
    await rename(beside, path);
    return true;
  } finally {
    await rm(beside, { force: true });
  }
}

const isPosix = process.platform !== "win32";

async function read(path: string): Promise<Map<string, string>> {
  const facts = await stat(path).catch(() => undefined);
  if (facts === undefined || facts.size > maxBytes) return new Map();
  const isForeign = isPosix && facts.uid !== process.getuid?.();
  const isOpen = isPosix && (facts.mode & 0o077) !== 0;
  if (isForeign || isOpen) return new Map();
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
