import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { InvalidOptionError } from "../../errors/index.js";

/** The age at which a lock counts as left behind, in milliseconds. */
const staleMs = 10_000;

/** The interval at which the holder of a lock shows that it is alive, in milliseconds: a renewal takes as long as the issuer. */
const aliveMs = 2_000;

/** The longest wait for a lock that others hold, in milliseconds. */
const maxWaitMs = 15_000;

/**
 * Runs one piece of work at a time among all processes that use the same lock file. The lock of a process
 * that died is broken after 10 seconds.
 *
 * @param work Receives a function that returns whether the lock is still held: a process that was frozen may have lost it.
 * @throws Error when others hold the lock for more than 15 seconds
 */
export async function withFileLock<T>(
  path: string,
  work: (isHeld: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const id = randomUUID();
  await take(path, id);
  const isHeld = async (): Promise<boolean> => (await ownerOf(path)) === id;
  const alive = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, aliveMs);
  alive.unref();
  try {
    return await work(isHeld);
  } finally {
    clearInterval(alive);
    if (await isHeld()) await rm(path, { force: true });
  }
}

/**
 * Runs one piece of work at a time for each key, under a lock file named after a path and the key.
 *
 * @throws InvalidOptionError when everybody may replace files in the folder
 */
export async function withKeyLock<T>(
  path: string,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  await prepareFolder(dirname(path));
  const name = createHash("sha256").update(key).digest("hex").slice(0, 16);
  return withFileLock(`${path}.${name}.lock`, work);
}

/**
 * Creates a folder for tokens and their locks with mode 700, where it is missing.
 *
 * @throws InvalidOptionError when everybody may replace files in it
 */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  const isSticky = (mode & 0o1000) !== 0;
  if (process.platform === "win32" || isSticky || (mode & 0o002) === 0) return;
  throw new InvalidOptionError(
    `The storage of tokens cannot use ${folder}: everybody may replace files in it. Take that right away (chmod o-w), or choose another folder.`,
    { option: "path" },
  );
}

async function take(path: string, id: string): Promise<void> {
  const waitsUntilMs = Date.now() + maxWaitMs;
  while (!(await create(path, id))) {
    if (await isStale(path)) await breakLock(path);
    else if (Date.now() > waitsUntilMs)
      throw new Error("another process holds the lock of the tokens");
    else await sleep(2 + Math.random() * 20);
  }
}

/** @returns whether the lock was free */
async function create(path: string, id: string): Promise<boolean> {
  const file = await open(path, "wx", 0o600).catch((error: unknown) => {
    if (isCode(error, "EEXIST")) return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(id);
  } finally {
    await file.close();
  }
  return true;
}

/** Moves a lock aside: of several who find it stale only one succeeds, and whoever took a fresh one puts it back. */
async function breakLock(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if (await isStale(aside)) await rm(aside, { force: true });
  else await rename(aside, path);
}

async function isStale(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs > staleMs;
}

async function ownerOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
