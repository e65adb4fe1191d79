import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { codeChunks, declarationChunks } from "./chunks.mjs";
import { digestOf } from "./digest.mjs";
import { markPure } from "./mark-pure.mjs";
import { inProject, readJson, root } from "./project.mjs";

const tsconfig = inProject("tsconfig.build.json");

const inputs = [
  "src",
  "gen",
  "tools/lib/build.mjs",
  "tools/lib/chunks.mjs",
  "tools/lib/mark-pure.mjs",
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

/**
 * The modules that package.json names for a form, each by its path without the ending: `src/index`, `gen/flyteidl/…`.
 * @param {string} folder
 */
function entryModules(folder) {
  const { exports, bin } = readJson(inProject("package.json"));
  const targets = JSON.stringify([exports, bin]).matchAll(
    new RegExp(`dist/${folder}/(src/[\\w/-]+)\\.js`, "g"),
  );
  const handWritten = [...targets].map(([, path]) => /** @type {string} */ (path));
  const generated = readdirSync(inProject("gen"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join("gen", path.replace(/\.ts$/, "")));
  return [...new Set([...handWritten, ...generated])];
}

/** @param {readonly string[]} modules */
function inputOf(modules) {
  return Object.fromEntries(modules.map((path) => [path, inProject(`${path}.ts`)]));
}

/** Other packages stay imports, so that an app has one copy of each. */
const external = /^(?:node:|@?[a-z][\w-]*(?:\/|$))/;
/**
 * Leaf packages that both forms have inside, by the file of their license there. No type of theirs is in a signature, and
 * two copies in an app do no harm.
 * @type {Readonly<Record<string, string>>}
 */
const inside = {
  // To Node it is CommonJS in 16 files, which took 12 to 17 ms of each start.
  "@msgpack/msgpack": "msgpack.LICENSE",
  // It is ES modules alone, which CommonJS in Jest cannot load.
  "@noble/hashes": "noble-hashes.LICENSE",
};

/** @param {string} id */
function isExternal(id) {
  const isInside = Object.keys(inside).some((name) => id === name || id.startsWith(`${name}/`));
  return external.test(id) && !isInside;
}

/** The options of both bundles. */
const common = {
  cwd: root,
  external: isExternal,
  platform: /** @type {const} */ ("neutral"),
  tsconfig,
  resolve: { extensionAlias: { ".js": [".ts"] }, mainFields: ["module", "main"] },
  // A busy machine is no fault of the build.
  checks: { bundlerTimings: false },
  onLog: (/** @type {string} */ level, /** @type {{ message: string }} */ { message }) => {
    if (level === "warn") throw new Error(message);
  },
};

/**
 * Bundles the code of one form: each entry point's file, and the few chunks that they share.
 * @param {(typeof forms)[number]} form
 * @param {string} dir
 */
async function bundleCode({ folder, format }, dir) {
  const bundle = await rolldown({
    ...common,
    input: inputOf(entryModules(folder)),
    treeshake: { moduleSideEffects: false },
    plugins: [markPure()],
  });
  await bundle.write({
    dir,
    format,
    exports: "named",
    sourcemap: true,
    // The folder is moved to dist/, which is one level up.
    sourcemapPathTransform: (source) => source.replace("../", ""),
    minifyInternalExports: false,
    comments: { legal: true, annotation: true, jsdoc: false },
    // Jest runs CommonJS in a context without import().
    dynamicImportInCjs: false,
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name].js",
    codeSplitting: { groups: codeChunks },
  });
  await bundle.close();
}

/**
 * Moves comments to lines of their own: the printer leaves those in types without a name behind the member before,
 * where editors do not find them.
 * @returns {import("rolldown").Plugin}
 */
function ownLines() {
  return {
    name: "own-lines",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") {
          file.code = file.code.replace(/^( *)(.*;) (?=\/\*\*)/gm, "$1$2\n$1");
        }
      }
    },
  };
}

/**
 * Bundles the declarations, which are the same for both forms.
 * @param {string} dir
 */
async function bundleDeclarations(dir) {
  const bundle = await rolldown({
    ...common,
    input: inputOf(entryModules("cjs").filter((path) => path !== "src/node/in-browser")),
    plugins: [dts({ cwd: root, tsconfig, emitDtsOnly: true, oxc: true }), ownLines()],
  });
  await bundle.write({
    dir,
    minifyInternalExports: false,
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name].js",
    codeSplitting: { groups: declarationChunks },
  });
  await bundle.close();
}

/**
 * Writes dist/esm and dist/cjs from src/ and gen/, in few files, so that Node starts fast. The new dist/ takes the old
 * one's place only when all of it succeeds.
 * @returns {Promise<void>}
 */
export async function build() {
  const digest = digestOf(inputs.map((input) => inProject(input)));
  const target = inProject(".tmp", `dist-${process.pid}`);
  const declarations = join(target, "types");
  await rm(target, { recursive: true, force: true });
  try {
    await bundleDeclarations(declarations);
    for (const form of forms) {
      const outDir = join(target, form.folder);
      await cp(declarations, outDir, { recursive: true });
      await bundleCode(form, outDir);
      for (const [name, license] of Object.entries(inside)) {
        await cp(inProject("node_modules", name, "LICENSE"), join(outDir, license));
      }
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
