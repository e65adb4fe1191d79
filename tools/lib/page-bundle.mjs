import { build } from "esbuild";

/** How esbuild bundles a page for browsers, with the package as it is built. */
export const pageBundling = {
  bundle: true,
  format: /** @type {const} */ ("esm"),
  platform: /** @type {const} */ ("browser"),
  target: "es2022",
  logLevel: /** @type {const} */ ("silent"),
  // The package by its own name: not the sources that tsconfig.json names.
  tsconfigRaw: {},
};

/**
 * Bundles a page into one script.
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<Uint8Array>}
 */
export async function bundlePage(options) {
  const { outputFiles } = await build({ ...pageBundling, ...options, write: false });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("esbuild wrote no bundle");
  return script.contents;
}
