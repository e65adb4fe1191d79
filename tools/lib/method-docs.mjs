import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import ts from "typescript";
import { inProject } from "./project.mjs";

/**
 * A docstring and the parameters below it, of a method or a function.
 * @typedef {object} Documented
 * @property {string} doc the whole comment, or nothing
 * @property {number} start where the comment starts in its file
 * @property {string[]} parameters
 */

/**
 * A method of a resource.
 * @typedef {Documented & { resource: string, name: string, calls: string }} Method
 */

/** @param {string} path */
function parse(path) {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

/**
 * @param {ts.FunctionDeclaration | ts.MethodDeclaration} node
 * @param {ts.SourceFile} source
 * @returns {Documented}
 */
function documented(node, source) {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  return {
    doc: comment?.getText(source) ?? "",
    start: comment?.getStart(source) ?? node.getStart(source),
    parameters: node.parameters.map(({ name }) => name.getText(source)),
  };
}

/**
 * The exported functions of src/, by name. Of one with overloads the first counts.
 * @returns {Map<string, Documented>}
 */
function exportedFunctions() {
  const functions = new Map();
  const paths = readdirSync(inProject("src"), { recursive: true, encoding: "utf8" });
  for (const path of paths.filter((each) => /^(?!testing|cli|node).*[\\/].*\.ts$/.test(each))) {
    const source = parse(inProject("src", path));
    for (const node of source.statements) {
      if (!ts.isFunctionDeclaration(node) || node.name === undefined) continue;
      const name = node.name.text;
      if (!functions.has(name)) functions.set(name, documented(node, source));
    }
  }
  return functions;
}

/**
 * The name of the function that a method calls with its connection.
 * @param {ts.MethodDeclaration} method
 * @param {ts.SourceFile} source
 */
function calledFunction(method, source) {
  let called = "";
  /** @param {ts.Node} node */
  function visit(node) {
    const isCall = ts.isCallExpression(node) && ts.isIdentifier(node.expression);
    if (isCall && node.arguments[0]?.getText(source) === "this.#connection") {
      called = node.expression.getText(source);
    }
    ts.forEachChild(node, visit);
  }
  visit(method);
  return called;
}

/**
 * The methods of the resources in one file of src/resources/.
 * @param {string} path
 * @returns {Method[]}
 */
function methodsIn(path) {
  const source = parse(path);
  const resource = basename(path, ".ts").replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return source.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => members.filter(ts.isMethodDeclaration))
    .map((method) => ({
      ...documented(method, source),
      resource,
      name: method.name.getText(source),
      calls: calledFunction(method, source),
    }));
}

/**
 * The docstring of a function for the method that calls it: functions are named as methods.
 * @param {string} doc
 * @param {string} resource
 * @param {ReadonlyMap<string, Method>} methodOf by the names of functions
 */
function docForMethod(doc, resource, methodOf) {
  return doc
    .replace(/\{@link (\w+)\}|`(\w+)/g, (whole, linked, quoted) => {
      const method = methodOf.get(linked ?? quoted);
      if (method === undefined) return whole;
      const name = method.resource === resource ? method.name : `${method.resource}.${method.name}`;
      return linked === undefined ? `\`${name}` : `\`${name}\``;
    })
    .replaceAll("\n", "\n  ");
}

/** @param {string} doc */
function words(doc) {
  return doc.replace(/\s+(?:\* ?)?/g, " ").replaceAll(" * ", " ");
}

/**
 * Compares the docstrings and parameters of methods in src/resources/ with those of the functions that they call,
 * or writes the functions' docstrings there.
 * @param {{ write: boolean }} options
 * @returns {Promise<void>}
 */
export async function methodDocs({ write }) {
  const functions = exportedFunctions();
  const files = readdirSync(inProject("src", "resources"))
    .filter((name) => name !== "index.ts")
    .map((name) => inProject("src", "resources", name));
  const methodOf = new Map(files.flatMap(methodsIn).map((method) => [method.calls, method]));
  const problems = [];
  for (const file of files) {
    let text = readFileSync(file, "utf8");
    // From the end, so that the places before stay right.
    for (const method of methodsIn(file).reverse()) {
      const name = `${method.resource}.${method.name}`;
      const called = functions.get(method.calls);
      if (called === undefined) {
        problems.push(`${name} calls no exported function with its connection`);
        continue;
      }
      const [, ...parameters] = called.parameters;
      if (parameters.join() !== method.parameters.join()) {
        problems.push(
          `${name}(${method.parameters.join(", ")}) must have the parameters of ${method.calls}: ${parameters.join(", ")}`,
        );
      }
      const doc = docForMethod(called.doc, method.resource, methodOf);
      if (words(doc) === words(method.doc)) continue;
      if (!write) problems.push(`${name} must have the docstring of ${method.calls}:\n  ${doc}`);
      text = text.slice(0, method.start) + doc + text.slice(method.start + method.doc.length);
    }
    if (write) writeFileSync(file, text);
  }
  if (problems.length === 0) return;
  throw new Error(`${problems.join("\n")}\nnpm run update writes the docstrings.`);
}
