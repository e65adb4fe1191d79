import { join } from "node:path";

import { tool } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/**
 * A page to bundle: a folder that has the package installed, its entry there, and where the bundle goes. The
 * bundle is named as the entry.
 * @typedef {{ folder: string; entry: string; outdir: string }} Page
 */

/**
 * A bundler as its users run it for production.
 * @typedef {object} Bundler
 * @property {string} title
 * @property {"module" | "script"} output how a page loads the bundle
 * @property {(page: Page) => Promise<string[]>} bundle returns the warnings, and throws the errors
 */

/** @param {Page} page */
const fileOf = ({ folder, entry }) => join(folder, entry);

/**
 * Runs webpack or Rspack, which have the same configuration and the same report.
 * @param {any} bundler
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function runWebpack(bundler, { folder, entry, outdir }) {
  const compiler = bundler({
    mode: "production",
    context: folder,
    entry: `./${entry}`,
    output: { path: outdir, filename: entry },
    // How large a page may be is not what is asked here.
    performance: { hints: false },
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((/** @type {unknown} */ error, /** @type {any} */ done) => {
      if (error) reject(error);
      else compiler.close(() => resolve(done));
    });
  });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  const texts = (/** @type {{ message: string; moduleName?: string }[]} */ found) =>
    found.map(({ message, moduleName }) => `${moduleName ?? ""} ${message}`.trim());
  if (errors.length > 0) throw new Error(texts(errors).join("\n"));
  return texts(warnings);
}

/**
 * Runs esbuild.
 * @param {Page} page
 * @param {import("esbuild").BuildOptions} options
 */
async function runEsbuild(page, options) {
  const { build, formatMessages } = await import("esbuild");
  const { warnings } = await build({
    entryPoints: [fileOf(page)],
    outdir: page.outdir,
    bundle: true,
    minify: true,
    logLevel: "silent",
    ...options,
  });
  return formatMessages(warnings, { kind: "warning" });
}

/** @type {Readonly<Record<string, Bundler>>} */
export const bundlers = {
  webpack: {
    title: "webpack 5 (terser, two passes)",
    output: "script",
    bundle: async (page) => runWebpack((await import("webpack")).default, page),
  },
  rspack: {
    title: "Rspack",
    output: "script",
    bundle: async (page) => runWebpack((await import("@rspack/core")).rspack, page),
  },
  rollup: {
    title: "Rollup (terser, two passes)",
    output: "module",
    bundle: async (page) => {
      const { rollup } = await import("rollup");
      const { nodeResolve } = await import("@rollup/plugin-node-resolve");
      // Its types are those of CommonJS, its code is not.
      const { default: terser } = /** @type {any} */ (await import("@rollup/plugin-terser"));
      /** @type {string[]} */
      const warnings = [];
      const bundle = await rollup({
        input: fileOf(page),
        plugins: [
          nodeResolve({ browser: true }),
          terser({ compress: { passes: 2 }, maxWorkers: 1 }),
        ],
        onwarn: (warning) => warnings.push(warning.message),
      });
      await bundle.write({ dir: page.outdir, format: "es" });
      await bundle.close();
      return warnings;
    },
  },
  vite: {
    title: "Vite",
    output: "module",
    bundle: async (page) => {
      const { build, createLogger } = await import("vite");
      /** @type {string[]} */
      const warnings = [];
      const logger = createLogger("silent");
      logger.warn = (message) => warnings.push(message);
      logger.warnOnce = logger.warn;
      await build({
        root: page.folder,
        configFile: false,
        customLogger: logger,
        build: {
          outDir: page.outdir,
          rolldownOptions: { input: fileOf(page), output: { entryFileNames: page.entry } },
        },
      });
      return warnings;
    },
  },
  esbuild: {
    title: "esbuild",
    output: "script",
    bundle: (page) => runEsbuild(page, {}),
  },
  "esbuild-splitting": {
    title: "esbuild --splitting",
    output: "module",
    bundle: (page) => runEsbuild(page, { splitting: true, format: "esm" }),
  },
  parcel: {
    title: "Parcel",
    output: "script",
    bundle: async ({ folder, entry, outdir }) => {
      const flags = ["--log-level", "warn", "--no-autoinstall", "--no-cache", "--no-source-maps"];
      const ended = await runNode(
        tool("parcel"),
        ["build", entry, "--dist-dir", outdir, ...flags],
        { cwd: folder },
      );
      expectOk(ended);
      return ended.output.trim() === "" ? [] : [ended.output];
    },
  },
};
