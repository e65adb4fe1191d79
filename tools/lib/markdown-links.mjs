import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { inProject } from "./project.mjs";

/** Pages outside docs/ whose links are checked. */
const topPages = [
  "README.md",
  "CHANGELOG.md",
  "CODE_OF_CONDUCT.md",
  "CONTRIBUTING.md",
  "ARCHITECTURE.md",
  "SECURITY.md",
];

/** npm resolves these by `repository` of package.json; they are not packed. */
const onlyInRepository =
  /^(?:CONTRIBUTING\.md|ARCHITECTURE\.md|CODE_OF_CONDUCT\.md|examples\/|etc\/|docs\/bench\/results\.json|test\/)/;

/** Pages that npm packs. */
const packedPages = /^(?:README|CHANGELOG|SECURITY)\.md$|^docs\//;

/**
 * All Markdown pages, by their paths from the project's folder.
 * @returns {string[]}
 */
function markdownPages() {
  return [
    ...topPages.filter((page) => existsSync(inProject(page))),
    ...pagesIn("docs"),
    ...pagesIn("examples"),
  ];
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
export function pagesIn(folder) {
  return readdirSync(inProject(folder), { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path).split(sep).join("/"))
    .filter((path) => path.endsWith(".md") && !path.startsWith("docs/api/"))
    .sort();
}

/**
 * Fails when a link between pages leads nowhere: to a missing file, a missing heading, or from a packed page to a
 * picture or page that is not packed.
 * @param {readonly string[]} packed the paths that npm packs
 */
export function checkLinks(packed) {
  const problems = markdownPages().flatMap((page) =>
    linksIn(readFileSync(inProject(page), "utf8")).flatMap((link) => {
      const problem = problemOf(page, link, packed);
      return problem === undefined ? [] : [`${page}: ${link} ${problem}`];
    }),
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/**
 * The targets of links and pictures, without those in code.
 * @param {string} markdown
 */
export function linksIn(markdown) {
  const prose = markdown.replace(/^```.*?^```$/gms, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
}

/**
 * @param {string} page
 * @param {string} link
 * @param {readonly string[]} packed
 */
function problemOf(page, link, packed) {
  if (/^[a-z]+:/.test(link)) return /^(?:https|mailto):/.test(link) ? undefined : "is not https";
  const [path = "", anchor] = link.split("#");
  const target =
    path === ""
      ? page
      : normalize(join(dirname(page), path))
          .split(sep)
          .join("/");
  if (target.startsWith("..")) return "leaves the project";
  const found = statSync(inProject(target), { throwIfNoEntry: false });
  if (found === undefined) return "does not exist";
  if (anchor !== undefined && !headingsOf(target).includes(anchor)) return "is not a heading there";
  const mustBePacked = packedPages.test(page) && !onlyInRepository.test(target);
  const isPacked = packed.some((file) => file === target || file.startsWith(`${target}/`));
  return mustBePacked && !isPacked ? "is not packed by npm" : undefined;
}

/**
 * The anchors of a page's headings, as code hosts make them.
 * @param {string} page
 */
function headingsOf(page) {
  const prose = readFileSync(inProject(page), "utf8").replace(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? "")
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}
