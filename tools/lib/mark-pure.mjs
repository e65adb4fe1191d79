import { RolldownMagicString } from "rolldown";
import { parseAst } from "rolldown/parseAst";

/**
 * A node of ESTree.
 * @typedef {{ type: string; start: number; end: number; [key: string]: unknown }} Node
 */

/**
 * Marks the values of a chunk's constants as free of side effects. No module of the package has side effects when it
 * is loaded ("sideEffects" of package.json), and bundlers drop modules that nobody uses for that. Of a chunk of many
 * modules they drop statements, and keep those that could have an effect, such as an object with a spread in it.
 * @returns {import("rolldown").Plugin}
 */
export function markPure() {
  return {
    name: "mark-pure",
    renderChunk(code) {
      const text = new RolldownMagicString(code);
      const program = /** @type {{ body: Node[] }} */ (/** @type {unknown} */ (parseAst(code)));
      for (const statement of program.body) {
        if (statement.type !== "VariableDeclaration") continue;
        for (const { init } of /** @type {{ init: Node | null }[]} */ (statement["declarations"])) {
          if (init !== null && !isPure(init, code)) wrap(text, init, code);
        }
      }
      return { code: text.toString(), map: text.generateMap({ hires: true }).toString() };
    },
  };
}

/**
 * Makes a value the result of a function, whose call is marked.
 * @param {RolldownMagicString} text
 * @param {Node} value
 * @param {string} code
 */
function wrap(text, { start, end }, code) {
  if (code.startsWith("require(", start)) return;
  text.appendLeft(start, "/* @__PURE__ */ (() => (");
  text.appendRight(end, "))()");
}

const isMarked = /\/\* ?@__PURE__ ?\*\/ ?$/;

/**
 * True for a value that bundlers drop by themselves.
 * @param {Node} node
 * @param {string} code
 * @returns {boolean}
 */
function isPure(node, code) {
  const all = (/** @type {unknown} */ nodes) =>
    /** @type {(Node | null)[]} */ (nodes).every((each) => each === null || isPure(each, code));
  const child = (/** @type {string} */ name) => isPure(/** @type {Node} */ (node[name]), code);
  switch (node.type) {
    case "Literal":
    case "Identifier":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
      return true;
    case "UnaryExpression":
      return child("argument");
    case "ArrayExpression":
      return all(node["elements"]);
    case "ObjectExpression":
      return all(node["properties"]);
    case "Property":
      return node["computed"] === false && child("value");
    case "CallExpression":
    case "NewExpression":
      return (
        isMarked.test(code.slice(Math.max(0, node.start - 20), node.start)) &&
        all(node["arguments"])
      );
    default:
      return false;
  }
}
