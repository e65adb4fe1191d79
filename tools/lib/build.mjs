import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inProject, tool } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";

const inputs = [
  "src",
  "gen",
  "tools/lib/build.mjs",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.src.json",
];
const passes = [
  { config: "tsconfig.esm.json", folder: "esm", type: "module" },
  { config: "tsconfig.cjs.json", folder: "cjs", type: "commonjs" },
];

/** A digest of all that the build reads. */
function digestOfInputs() {
  const hash = createHash("sha256");
  for (const input of [...inputs, ...passes.map((pass) => pass.config)]) {
    const path = inProject(input);
    const files = input.includes(".")
      ? [path]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort();
    for (const file of files) hash.update(file).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

/**
 * Writes dist/esm and dist/cjs from src/ and gen/: one pass of the compiler for each. The new dist/ takes the old one's place only when all of it succeeds.
 * @returns {Promise<void>}
 */
export async function build() {
  const digest = digestOfInputs();
  const target = inProject(".tmp", `dist-${process.pid}`);
  await rm(target, { recursive: true, force: true });
  try {
    await Promise.all(
      passes.map(async ({ config, folder, type }) => {
        const outDir = join(target, folder);
        const args = ["-p", inProject(config), "--outDir", outDir];
        expectOk(await runNode(tool("typescript", "tsc"), args));
        // Bundlers and Node look for these in the nearest package.json.
        const manifest = JSON.stringify({ type, sideEffects: false });
        await writeFile(join(outDir, "package.json"), `${manifest}\n`);
      }),
    );
    await writeFile(join(target, ".inputs"), digest);
    await rm(inProject("dist"), { recursive: true, force: true });
    await rename(target, inProject("dist"));
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

/**
 * Builds when dist/ is missing or was built from something else.
 * @returns {Promise<void>}
 */
export async function ensureBuilt() {
  const stamp = inProject("dist", ".inputs");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digestOfInputs()) return;
  await build();
}
