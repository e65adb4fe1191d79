import { RolldownMagicString } from "rolldown";
import { parseAst } from "rolldown/parseAst";

/**
 * A node of ESTree.
 * @typedef {{ type: string; start: number; end: number; [key: string]: unknown }} Node
 */

/**
 * Marks the values of a chunk's constants as free of side effects. No module of the package has side effects when it
 * is loaded ("sideEffects" of package.json), and bundlers drop modules that nobody uses for that. Of a chunk of many
 * modules they drop statements, and keep those that could have an effect, such as an object with a spread in it; webpack, one with functions in it.
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
          if (init !== null && !isPure(init) && !code.startsWith("require(", init.start))
            wrap(text, init);
        }
      }
      return { code: text.toString(), map: text.generateMap({ hires: true }).toString() };
    },
  };
}

/**
 * Makes a value the result of a function without arguments, whose call is marked: webpack takes a call with arguments
 * for pure only where it knows that they are.
 * @param {RolldownMagicString} text
 * @param {Node} value
 */
function wrap(text, { start, end }) {
  text.appendLeft(start, "/* @__PURE__ */ (() => (");
  text.appendRight(end, "))()");
}

/**
 * True for a value that every bundler drops by itself, and all that only it uses. webpack takes an object for pure if
 * it has nothing but literals in it, and a class if its members have plain names.
 * @param {Node} node
 * @returns {boolean}
 */
function isPure(node) {
  const all = (/** @type {unknown} */ nodes) =>
    /** @type {(Node | null)[]} */ (nodes).every((each) => each === null || isData(each));
  switch (node.type) {
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return true;
    case "ClassExpression":
      return /** @type {{ body: Node[] }} */ (node["body"]).body.every(
        (member) =>
          member["computed"] === false &&
          (member.type === "MethodDefinition" || member["static"] === false),
      );
    case "ArrayExpression":
      return all(node["elements"]);
    case "ObjectExpression":
      return all(node["properties"]);
    default:
      return isData(node);
  }
}

/**
 * True for literals, and for objects and arrays of nothing else.
 * @param {Node} node
 * @returns {boolean}
 */
function isData(node) {
  switch (node.type) {
    case "Literal":
      return true;
    case "Property":
      return node["computed"] === false && isData(/** @type {Node} */ (node["value"]));
    case "ArrayExpression":
    case "ObjectExpression":
      return isPure(node);
    default:
      return false;
  }
}
