import { dirname, relative, resolve, sep } from "node:path";
import { inProject } from "./project.mjs";
import { rankedFolders } from "./source-layout.mjs";

const rankOf = new Map(rankedFolders.map(({ name }, rank) => [name, rank]));
const source = inProject("src");

/**
 * @param {string} message
 * @param {(from: string[], target: string[]) => Record<string, string> | undefined} find
 * @returns {import("eslint").Rule.RuleModule}
 */
function importRule(message, find) {
  return {
    meta: { type: "problem", schema: [], messages: { wrong: message } },
    create(context) {
      /** @param {import("estree").Node & { source?: import("estree").Expression | null | undefined }} node */
      function check(node) {
        const specifier = node.source?.type === "Literal" ? node.source.value : undefined;
        if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
        const from = relative(source, dirname(context.filename)).split(sep);
        const target = relative(source, resolve(dirname(context.filename), specifier)).split(sep);
        if (target[0] === "..") return;
        const data = find(from, target);
        if (data !== undefined) context.report({ node, messageId: "wrong", data });
      }
      return {
        ImportDeclaration: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
        ImportExpression: check,
      };
    },
  };
}

/** Imports go down the list of folders. */
const ranks = importRule(
  "src/{{from}} may not import from src/{{to}}, which is above it: see tools/lib/source-layout.mjs.",
  ([from = ""], [to = ""]) => {
    const [fromRank, toRank] = [rankOf.get(from), rankOf.get(to)];
    const isUpward = fromRank !== undefined && toRank !== undefined && toRank < fromRank;
    return isUpward ? { from, to } : undefined;
  },
);

/** A folder is entered through its index. */
const entries = importRule(
  "Import from {{folder}}/index.js: a folder is entered through its index only.",
  (from, target) => {
    const inward = target.slice(target.findIndex((part, depth) => part !== from[depth]));
    const isDeep = inward.length > 1 && inward.at(-1) !== "index.js";
    return isDeep ? { folder: ["src", ...target.slice(0, -1)].join("/") } : undefined;
  },
);

export const layoutRules = { ranks, entries };
