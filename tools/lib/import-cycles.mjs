import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import { inProject } from "./project.mjs";

/**
 * The imports between the entries of one folder: each entry, and those that it imports. A folder stands for all
 * files in it.
 * @typedef {Map<string, Set<string>>} EntryImports
 */

/**
 * Finds the circles in which files and folders of one folder import each other. A circle of files is one too, in the
 * folder that holds all of them.
 * @param {ReadonlyMap<string, readonly string[]>} imports the paths that each file imports, all with slashes
 * @returns {string[]} one line for each circle, such as `src/executions: tree → bulk → tree`
 */
export function importCycles(imports) {
  /** @type {Map<string, EntryImports>} */
  const folders = new Map();
  for (const [file, targets] of imports) {
    for (const target of targets) {
      if (target === file) continue;
      const [from, to] = [file.split("/"), target.split("/")];
      const depth = from.findIndex((part, at) => part !== to[at]);
      const folder = from.slice(0, depth).join("/");
      const entries = folders.get(folder) ?? new Map();
      folders.set(folder, entries);
      const entry = from[depth] ?? "";
      const imported = entries.get(entry) ?? new Set();
      entries.set(entry, imported.add(to[depth] ?? ""));
    }
  }
  return [...folders].flatMap(([folder, entries]) =>
    circlesIn(entries).map((circle) => `${folder}: ${circle.join(" → ")}`),
  );
}

/**
 * Walks the imports from each entry once; an import that leads back onto the way from its start closes a circle.
 * @param {EntryImports} entries
 */
function circlesIn(entries) {
  /** @type {string[][]} */
  const circles = [];
  const done = new Set();
  /** @type {string[]} */
  const way = [];
  /** @param {string} entry */
  function visit(entry) {
    const start = way.indexOf(entry);
    if (start !== -1) circles.push([...way.slice(start), entry]);
    if (start !== -1 || done.has(entry)) return;
    way.push(entry);
    for (const imported of entries.get(entry) ?? []) visit(imported);
    way.pop();
    done.add(entry);
  }
  for (const entry of entries.keys()) visit(entry);
  return circles;
}

/**
 * The files of src/ and those that each imports there, types included.
 * @returns {Map<string, string[]>}
 */
function sourceImports() {
  const source = inProject("src");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((path) => join(source, path))
    .filter((path) => path.endsWith(".ts") && statSync(path).isFile());
  const known = new Set(files);
  const name = (/** @type {string} */ path) =>
    join("src", relative(source, path)).replaceAll(sep, "/");
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"), true, true);
      const paths = importedFiles
        .map(({ fileName }) => resolve(dirname(file), fileName).replace(/\.js$/, ".ts"))
        .filter((path) => known.has(path));
      return [name(file), paths.map(name)];
    }),
  );
}

/** Fails with every circle in which files and folders of src/ import each other. */
export async function checkImportCycles() {
  const circles = importCycles(sourceImports());
  if (circles.length === 0) return;
  throw new Error(`${circles.join("\n")}\nMove what both need to an entry of its own, below both.`);
}
