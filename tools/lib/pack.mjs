import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { inProject } from "./project.mjs";
import { run } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/**
 * Packs what is built, as npm would publish it.
 * @returns {Promise<string>} the path of the tarball
 */
export async function pack() {
  const folder = inProject(".tmp", "package");
  await mkdir(folder, { recursive: true });
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const ended = await run("npm", args);
  expectOk(ended);
  const [packed] = JSON.parse(ended.stdout);
  return join(folder, packed.filename);
}
