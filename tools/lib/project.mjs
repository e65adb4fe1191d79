import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * A path inside the project.
 * @param {...string} parts
 */
export function inProject(...parts) {
  return join(root, ...parts);
}

/**
 * The parsed content of a JSON file.
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * The program file of an installed package, to be run with Node: it needs no shell and no `.cmd` file.
 * @param {string} packageName
 * @param {string} [command] when the package has several, or is installed under an alias
 */
export function tool(packageName, command = packageName) {
  const folder = inProject("node_modules", ...packageName.split("/"));
  const { bin } = readJson(join(folder, "package.json"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}
