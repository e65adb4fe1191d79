import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { inProject } from "./project.mjs";
import { run } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/**
 * An app of a user.
 * @typedef {object} App
 * @property {string} tarball the packed package, which it installs
 * @property {Readonly<Record<string, unknown>>} [manifest] added to its package.json
 * @property {readonly string[]} [files] what is copied into it, as paths in the project
 */

/**
 * Installs the packed package into a new app, which has nothing else, and lets work be done there. The app is
 * removed in the end.
 * @template T
 * @param {App} app
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inApp({ tarball, manifest = {}, files = [] }, work) {
  const folder = await mkdtemp(join(tmpdir(), "flyte-admin-client-user-"));
  try {
    const content = JSON.stringify({ name: "user", private: true, type: "module", ...manifest });
    await writeFile(join(folder, "package.json"), content);
    for (const file of files) await copyFile(inProject(file), join(folder, basename(file)));
    const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    const install = ["install", ...flags, tarball];
    expectOk(await run("npm", install, { cwd: folder }));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
