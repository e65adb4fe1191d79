import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { once } from "./once.mjs";
import { pack } from "./pack.mjs";
import { inProject, tool } from "./project.mjs";
import { run, runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/**
 * An empty project of a user.
 * @typedef {object} Project
 * @property {string} title
 * @property {string} program a file of test/package/
 * @property {"module" | "commonjs"} type of its package.json
 * @property {Record<string, string>} [compilerOptions] for a TypeScript project: compiled, then run
 */

/** @type {readonly Project[]} */
const projects = [
  { title: "an ESM project", program: "list.mjs", type: "module" },
  { title: "a CJS project", program: "list.cjs", type: "commonjs" },
  { title: "a project that loads the ESM and the CJS copy", program: "both.mjs", type: "module" },
  {
    title: "a TypeScript project, moduleResolution node16, ESM",
    program: "list.ts",
    type: "module",
    compilerOptions: { module: "node16", moduleResolution: "node16" },
  },
  {
    title: "a TypeScript project, moduleResolution node16, CJS",
    program: "list.ts",
    type: "commonjs",
    compilerOptions: { module: "node16", moduleResolution: "node16" },
  },
  {
    title: "a TypeScript project, moduleResolution bundler",
    program: "list.ts",
    type: "module",
    compilerOptions: { module: "esnext", moduleResolution: "bundler" },
  },
];

/** What every program of test/package/ must print. */
const expected = "n0 attempt 0: SUCCEEDED\nn0 attempt 1: SUCCEEDED\nn0 attempt 2: SUCCEEDED\n";

/**
 * Installs the packed package into an empty project and runs a program there.
 * @param {Project} project
 * @param {string} tarball
 * @returns {Promise<void>}
 */
async function tryIn({ program, type, compilerOptions }, tarball) {
  const folder = await mkdtemp(join(tmpdir(), "flyte-admin-client-user-"));
  try {
    const manifest = { name: "user", private: true, type };
    await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
    await copyFile(inProject("test", "package", program), join(folder, program));
    const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    expectOk(await run("npm", ["install", ...flags, tarball], { cwd: folder, timeoutMs: 180_000 }));
    if (compilerOptions !== undefined) {
      const options = { strict: true, target: "es2022", types: [], ...compilerOptions };
      await writeFile(
        join(folder, "tsconfig.json"),
        JSON.stringify({ compilerOptions: options, files: [program] }),
      );
      for (const compiler of ["typescript-next", "typescript"]) {
        expectOk(await runNode(tool(compiler, "tsc"), ["-p", folder]));
      }
    }
    const file = join(folder, program.replace(/\.ts$/, ".js"));
    const ended = await runNode(file, [], { cwd: folder, timeoutMs: 60_000 });
    expectOk(ended);
    if (ended.stdout !== expected) throw new Error(`it printed:\n${ended.output}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * One step for each kind of project that can install the package.
 * @returns {import("./steps.mjs").Step[]}
 */
export function packageTests() {
  const packed = once(async () => {
    await ensureBuilt();
    return pack();
  });
  return projects.map((project) => ({
    title: `${project.title} installs the package and lists`,
    run: async () => tryIn(project, await packed()),
  }));
}
