import { existsSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sidebarPages } from "../../docs/.vitepress/sidebar.mjs";
import { digestOf } from "./digest.mjs";
import { pagesIn } from "./markdown-links.mjs";
import { inProject, tool } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/** The folder of the built site. */
export const siteFolder = inProject(".tmp", "site");

const stamp = join(siteFolder, ".digest");
const pages = inProject("docs");

/** A digest of all that the site is made from. */
function digestOfInputs() {
  const paths = [
    ...pagesIn("docs"),
    "docs/.vitepress/config.mjs",
    "docs/.vitepress/sidebar.mjs",
    "docs/.vitepress/theme",
    "src",
    "typedoc.config.js",
    "tools/lib/typedoc-plugin.mjs",
    "package.json",
    "package-lock.json",
  ];
  return digestOf(paths.map((path) => inProject(path)));
}

/**
 * Writes the reference into docs/api, as Markdown.
 * @returns {Promise<void>}
 */
export async function writeReference() {
  await rm(join(pages, "api"), { recursive: true, force: true });
  expectOk(await runNode(tool("typedoc"), ["--logLevel", "Warn"]));
}

/**
 * Builds the site of docs/ and of the reference. Fails on a link between pages that leads nowhere, and on a page that
 * the sidebar lacks.
 * @returns {Promise<void>}
 */
export async function buildSite() {
  const missing = pagesIn("docs").filter(
    (page) => !sidebarPages.includes(page.replace(/^docs\/|\.md$/g, "")),
  );
  if (missing.length > 0) {
    throw new Error(`docs/.vitepress/sidebar.mjs lacks ${missing.join(", ")}`);
  }
  expectOk(await runNode(tool("vitepress"), ["build", pages]));
  await writeFile(stamp, digestOfInputs());
}

/**
 * Writes the reference and builds the site, unless they are up to date.
 * @returns {Promise<void>}
 */
export async function ensureSite() {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digestOfInputs()) return;
  await writeReference();
  await buildSite();
}
