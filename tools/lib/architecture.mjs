import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { inProject } from "./project.mjs";
import { rankedFolders } from "./source-layout.mjs";

const page = inProject("ARCHITECTURE.md");
const [begin, end] = ["<!-- ranked-folders -->", "<!-- /ranked-folders -->"];

/** The page with the folders as `source-layout.mjs` ranks them. */
async function pageOfLayout() {
  const text = readFileSync(page, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`ARCHITECTURE.md has no ${begin} … ${end}`);
  const rows = rankedFolders.map(({ name, holds }) => `| \`${name}/\` | ${holds} |`);
  const table = ["| folder | holds |", "| --- | --- |", ...rows].join("\n");
  const whole = `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`;
  return format(whole, { parser: "markdown", printWidth: 100 });
}

/**
 * Paths of the repository that the page names and that do not exist.
 * @param {string} text
 */
function missingPaths(text) {
  const named = [...text.matchAll(/`((?!flyte-admin-client)[a-z-]+\/[\w./-]*)`/g)].map(
    (match) => match[1] ?? "",
  );
  return named.filter(
    (path) => !existsSync(inProject(path)) && !existsSync(inProject("src", path)),
  );
}

/**
 * Writes the table of folders into ARCHITECTURE.md, or fails when it differs or names a path that does not exist.
 * @param {{ write: boolean }} options
 * @returns {Promise<void>}
 */
export async function architecturePage({ write }) {
  const wanted = await pageOfLayout();
  if (write) await writeFile(page, wanted);
  else if (readFileSync(page, "utf8") !== wanted) {
    throw new Error("ARCHITECTURE.md is out of date, npm run update mends it");
  }
  const missing = missingPaths(wanted);
  if (missing.length > 0) throw new Error(`ARCHITECTURE.md names ${missing.join(", ")}`);
}
