import { dirname, relative, resolve, sep } from "node:path";
import { inProject } from "./project.mjs";
import { rankedFolders } from "./source-layout.mjs";

const rankOf = new Map(rankedFolders.map(({ name }, rank) => [name, rank]));
const source = inProject("src");

/**
 * Imports go down the list of folders, and a folder is entered through its index only.
 * @type {import("eslint").Rule.RuleModule}
 */
export const layoutRule = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      upward:
        "src/{{from}} may not import from src/{{to}}, which stands above it: see tools/lib/source-layout.mjs.",
      deep: "Import from {{folder}}/index.js: a folder is entered through its index.",
    },
  },
  create(context) {
    /** @param {import("estree").Node & { source?: import("estree").Expression | null | undefined }} node */
    function check(node) {
      const specifier = node.source?.type === "Literal" ? node.source.value : undefined;
      if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
      const from = relative(source, dirname(context.filename)).split(sep);
      const target = relative(source, resolve(dirname(context.filename), specifier)).split(sep);
      if (target[0] === "..") return;
      const [fromTop = "", targetTop = ""] = [from[0], target[0]];
      const [fromRank, targetRank] = [rankOf.get(fromTop), rankOf.get(targetTop)];
      if (fromRank !== undefined && targetRank !== undefined && targetRank < fromRank) {
        context.report({ node, messageId: "upward", data: { from: fromTop, to: targetTop } });
      }
      const firstDifference = target.findIndex((part, depth) => part !== from[depth]);
      const inward = target.slice(firstDifference);
      if (inward.length > 1 && inward.at(-1) !== "index.js") {
        const folder = ["src", ...target.slice(0, -1)].join("/");
        context.report({ node, messageId: "deep", data: { folder } });
      }
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
