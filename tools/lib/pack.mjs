import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { inProject, root } from "./project.mjs";
import { run } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/**
 * Packs a package, this one as it is built when none is named, as npm would publish it.
 * @param {{ of?: string; into?: string }} [folders]
 * @returns {Promise<string>} the path of the tarball
 */
export async function pack({ of = root, into = inProject(".tmp", "package") } = {}) {
  await mkdir(into, { recursive: true });
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", into];
  const ended = await run("npm", args, { cwd: of });
  expectOk(ended);
  const [packed] = JSON.parse(ended.stdout);
  return join(into, packed.filename);
}
