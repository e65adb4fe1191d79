import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { digestOf } from "./digest.mjs";
import { inProject, root, tool } from "./project.mjs";
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
  "tsconfig.build.json",
];

/** The two forms of the package. Bundlers and Node look for `type` in the nearest package.json. */
const forms = /** @type {const} */ ([
  { folder: "esm", format: "esm", type: "module" },
  { folder: "cjs", format: "cjs", type: "commonjs" },
]);

/** The modules that are published. */
function sourceFiles() {
  return ["src", "gen"].flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.startsWith(join("descriptors", "write")))
      .map((path) => inProject(folder, path)),
  );
}

/**
 * Compiles each module by itself. esbuild marks enums as free of side effects, so that a page's bundle leaves out
 * those that it does not use; those that the compiler writes stay in every bundle.
 * @param {(typeof forms)[number]} form
 * @param {string} outdir
 */
async function compile({ format }, outdir) {
  await esbuild({
    entryPoints: sourceFiles(),
    outbase: root,
    outdir,
    format,
    // For CommonJS this adds the names of exports, by which Node lets ES modules import them.
    platform: "node",
    target: "es2022",
    tsconfig: inProject("tsconfig.build.json"),
    // Jest runs CommonJS in a context without import().
    supported: { "dynamic-import": format === "esm" },
    logLevel: "warning",
  });
}

/**
 * Writes dist/esm and dist/cjs from src/ and gen/: declarations by the compiler, JavaScript by esbuild. The new dist/
 * takes the old one's place only when all of it succeeds.
 * @returns {Promise<void>}
 */
export async function build() {
  const digest = digestOf(inputs.map((input) => inProject(input)));
  const target = inProject(".tmp", `dist-${process.pid}`);
  const declarations = join(target, "types");
  await rm(target, { recursive: true, force: true });
  try {
    const args = ["-p", inProject("tsconfig.build.json"), "--outDir", declarations];
    expectOk(await runNode(tool("typescript", "tsc"), args));
    for (const form of forms) {
      const outDir = join(target, form.folder);
      await cp(declarations, outDir, { recursive: true });
      await compile(form, outDir);
      const manifest = JSON.stringify({ type: form.type, sideEffects: false });
      await writeFile(join(outDir, "package.json"), `${manifest}\n`);
    }
    await rm(declarations, { recursive: true });
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
  if (
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === digestOf(inputs.map((input) => inProject(input)))
  )
    return;
  await build();
}
