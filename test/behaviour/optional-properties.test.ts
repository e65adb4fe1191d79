import { join } from "node:path";

import { expect, test } from "@jest/globals";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");
const entries = ["index", "functions", "node", "grpc-web", "otel", "query", "testing"];

/** The optional properties of the exported types, without those that take `undefined`. */
function strictProperties(): readonly string[] {
  const path = join(root, "tsconfig.json");
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = entries.map((name) => join(root, "src", `${name}.ts`));
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Node>();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const { fileName } = node.getSourceFile();
    if (seen.has(node) || !fileName.startsWith(join(root, "src")) || ts.isBlock(node)) return;
    seen.add(node);
    const isProperty = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
    if (isProperty && node.questionToken !== undefined && node.type !== undefined) {
      const type = node.type.getText();
      // `never` says that a property must be left out.
      if (!/\bundefined\b|^never$|^unknown$/.test(type)) {
        found.push(`${fileName.slice(root.length + 1)}: ${node.name.getText()}?: ${type}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing`);
    for (const exported of checker.getExportsOfModule(module)) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      symbol.declarations?.forEach(visit);
    }
  }
  expect(seen.size).toBeGreaterThan(5_000);
  return found;
}

test("every optional property of an exported type takes undefined, for callers with exactOptionalPropertyTypes", () => {
  expect(strictProperties()).toEqual([]);
}, 120_000);
