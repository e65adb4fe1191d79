import { readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import ts from "typescript";
import { inProject, root } from "./project.mjs";
import { quotedPaths, quotedTexts, ruledOutPhrases } from "./ruled-out-phrases.mjs";

/**
 * A piece of prose in a file: a comment, the content of a string, or a whole page.
 * @typedef {object} Prose
 * @property {number} start where it starts in the file
 * @property {string} text as long as in the file, so that positions agree
 * @property {boolean} docstring
 */

/**
 * A ruled-out phrase in a file.
 * @typedef {object} Finding
 * @property {string} path from the project's folder
 * @property {number} line
 * @property {string} phrase
 * @property {string} instead
 */

/** Everything that users and contributors read. */
const checkedPaths = [
  "src",
  "test",
  "examples",
  "bench",
  "tools",
  "docs",
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "ARCHITECTURE.md",
  "SECURITY.md",
];

/** These hold the phrases themselves. */
const own =
  /^(?:tools\/lib\/(?:ruled-out-phrases|style-check)\.mjs|test\/tools\/style-check\.test\.ts)$/;
const sourceFiles = new Set([".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs"]);
const pages = new Set([".md", ".html"]);

/**
 * The ruled-out phrases in files and folders.
 * @param {readonly string[]} [paths] from the project's folder
 * @returns {Finding[]}
 */
export function findRuledOut(paths = checkedPaths) {
  return paths.flatMap((path) => filesIn(inProject(path))).flatMap((file) => findInFile(file));
}

/**
 * A finding as one line for a terminal.
 * @param {Finding} finding
 */
export function formatFinding({ path, line, phrase, instead }) {
  return `${path}:${line}: "${phrase}" → ${instead}`;
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path)
    .filter(
      (name) => name !== "node_modules" && name !== "dist" && path !== inProject("docs", "api"),
    )
    .flatMap((name) => filesIn(join(path, name)));
}

/**
 * @param {string} file
 * @returns {Finding[]}
 */
function findInFile(file) {
  const path = relative(root, file).split(sep).join("/");
  if (own.test(path) || quotedPaths.some((quoted) => quoted.test(path))) return [];
  return findInText(path, readFileSync(file, "utf8"));
}

/**
 * The ruled-out phrases in the content of one file.
 * @param {string} path its ending says what is prose in it: all of a page, comments and strings of a program
 * @param {string} content
 * @returns {Finding[]}
 */
export function findInText(path, content) {
  return proseOf(path, content).flatMap((prose) =>
    matches(prose).map(({ at, phrase, instead }) => ({
      path,
      line: content.slice(0, prose.start + at).split("\n").length,
      phrase,
      instead,
    })),
  );
}

/**
 * @param {string} path
 * @param {string} content
 * @returns {Prose[]}
 */
function proseOf(path, content) {
  const extension = extname(path);
  if (pages.has(extension)) return [{ start: 0, text: content, docstring: false }];
  return sourceFiles.has(extension) ? proseOfSource(path, content) : [];
}

/**
 * The comments and strings of a source file.
 * @param {string} path
 * @param {string} content
 * @returns {Prose[]}
 */
function proseOfSource(path, content) {
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true);
  /** @type {Map<number, Prose>} By position, since a comment both trails one token and leads the next. */
  const found = new Map();
  /** @param {ts.TextRange} range @param {boolean} docstring */
  const add = ({ pos, end }, docstring) =>
    found.set(pos, { start: pos, text: content.slice(pos, end), docstring });
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isJSDoc(node)) return;
    if (isText(node) && !isModulePath(node)) {
      add({ pos: node.getStart(source), end: node.end }, false);
    }
    const children = node.getChildren(source);
    if (children.length === 0) {
      for (const range of ts.getLeadingCommentRanges(content, node.pos) ?? []) {
        add(range, content.startsWith("/**", range.pos));
      }
      for (const range of ts.getTrailingCommentRanges(content, node.end) ?? []) add(range, false);
    }
    children.forEach(visit);
  };
  visit(source);
  return joinLineComments(
    [...found.values()].sort((a, b) => a.start - b.start),
    content,
  );
}

/** @param {ts.Node} node */
function isText(node) {
  return ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
}

/** @param {ts.Node} node */
function isModulePath({ parent }) {
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent);
}

/**
 * Joins `//` comments on consecutive lines, since a phrase may be split between them.
 * @param {readonly Prose[]} pieces
 * @param {string} content
 */
function joinLineComments(pieces, content) {
  /** @type {Prose[]} */
  const joined = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const isNext =
      last !== undefined &&
      last.text.startsWith("//") &&
      piece.text.startsWith("//") &&
      /^\r?\n[ \t]*$/.test(content.slice(last.start + last.text.length, piece.start));
    if (isNext) last.text = content.slice(last.start, piece.start + piece.text.length);
    else joined.push({ ...piece });
  }
  return joined;
}

/**
 * @param {Prose} prose
 * @returns {{ at: number; phrase: string; instead: string }[]}
 */
function matches({ text, docstring }) {
  const readable = quotedTexts.reduce((rest, quoted) => rest.replace(quoted, blank), text);
  return ruledOutPhrases
    .flatMap(({ pattern, only, instead }) => {
      if (only !== undefined && !docstring) return [];
      if (only !== undefined) {
        const start = /^\/\*\*[\s*]*/.exec(readable)?.[0].length ?? 0;
        const match = pattern.exec(readable.slice(start));
        return match === null ? [] : [{ at: start, phrase: match[0], instead }];
      }
      return [...readable.matchAll(acrossLines(pattern))].map((match) => ({
        at: match.index,
        phrase: match[0].replace(/[\s*/]+/g, " "),
        instead,
      }));
    })
    .sort((a, b) => a.at - b.at);
}

/** @param {string} text */
function blank(text) {
  return "_".repeat(text.length);
}

/**
 * The pattern with its spaces also matching a line break, with the comment's margin.
 * @param {RegExp} pattern
 */
function acrossLines(pattern) {
  return new RegExp(
    pattern.source.replaceAll(" ", String.raw`(?:[ \t]+|[ \t]*\r?\n[ \t]*(?:\*|//)?[ \t]*)`),
    `${pattern.flags}g`,
  );
}
