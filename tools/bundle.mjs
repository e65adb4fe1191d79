import { bundlers } from "./lib/bundlers.mjs";

/**
 * Bundles a page with one bundler and prints its warnings as JSON: `node tools/bundle.mjs NAME FOLDER ENTRY OUTDIR`.
 * A process for each keeps two cores busy, and keeps what a bundler leaves behind out of the others.
 */
const [name = "", folder = "", entry = "", outdir = ""] = process.argv.slice(2);
const bundler = bundlers[name];
if (bundler === undefined) {
  throw new Error(`${name} is not one of ${Object.keys(bundlers).join(", ")}`);
}
console.log(JSON.stringify(await bundler.bundle({ folder, entry, outdir })));
// Bundlers leave workers behind that would keep the process alive.
process.exit(0);
