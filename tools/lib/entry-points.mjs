import { inProject, readJson } from "./project.mjs";

/**
 * A hand-written entry point of the package.
 * @typedef {object} EntryPoint
 * @property {string} name "index", "node", …: the file in src/ and the name of its reports
 * @property {string} specifier what users import
 * @property {string} types its built declarations, from the project's folder
 */

/**
 * The entry points that package.json exports, without the patterns for generated code.
 * @returns {EntryPoint[]}
 */
export function entryPoints() {
  const { name: packageName, exports } = readJson(inProject("package.json"));
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === "string" || subpath.includes("*")) return [];
    const name = subpath === "." ? "index" : subpath.slice("./".length);
    const specifier = `${packageName}${subpath.slice(".".length)}`;
    return [{ name, specifier, types: target.import.types }];
  });
}
