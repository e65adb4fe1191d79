import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { readJson, root } from "./project.mjs";
import { run } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/**
 * The record of a package by npm, in package-lock.json and in node_modules/.package-lock.json.
 * @typedef {{ version?: string; integrity?: string; optional?: boolean; devOptional?: boolean }} Locked
 */

/**
 * True when a project's node_modules holds what its package-lock.json asks for, and its package.json asks for
 * nothing else.
 * @param {string} folder the project's
 */
export function isInstalled(folder) {
  const installedPath = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installedPath)) return false;
  const manifest = readJson(join(folder, "package.json"));
  /** @type {Record<string, Locked>} */
  const locked = readJson(join(folder, "package-lock.json")).packages;
  /** @type {Record<string, Locked>} */
  const installed = readJson(installedPath).packages;

  const { "": own, ...packages } = locked;
  for (const kind of ["dependencies", "devDependencies"]) {
    const lockedKind = /** @type {Record<string, unknown> | undefined} */ (own)?.[kind];
    if (!isDeepStrictEqual(manifest[kind] ?? {}, lockedKind ?? {})) return false;
  }
  return Object.entries(packages).every(([path, wanted]) => {
    const found = installed[path];
    // Binaries for other platforms are optional, and are never installed here.
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * Installs the dependencies with `npm ci` when they are missing or out of date. It needs Node alone, so
 * that it runs in a fresh clone.
 * @returns {Promise<void>}
 */
export async function setUp() {
  if (isInstalled(root)) return;
  console.log("Installing dependencies (npm ci) …");
  expectOk(await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"]));
}
