import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { layoutRules } from "./tools/lib/layout-rule.mjs";

/** The files that may touch Node: its entry points, and what only they reach. */
const nodeFiles = [
  "src/cli/**",
  "src/node.ts",
  "src/node/**",
  "src/testing.ts",
  "src/testing/issuer/listen-fetch.ts",
  "src/testing/listen/**",
  "src/transports/grpc/**",
];
const ofNode = {
  group: ["node:*", "@connectrpc/connect-node"],
  message: "Browser first: only the entry points for Node may import this.",
};

/**
 * @param {string[]} files
 * @param {string[]} ignores
 * @param {{ group: string[]; message: string }[]} patterns
 */
function restrictImports(files, ignores, patterns) {
  /** @type {["error", unknown]} */
  const rule = ["error", { patterns }];
  return { files, ignores, rules: { "no-restricted-imports": rule } };
}

export default defineConfig(
  { ignores: ["dist", "gen", "coverage", "docs", ".tmp", "test/recordings"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-deprecated": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/only-throw-error": "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 500 }],
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Use a union of literals." },
        {
          selector: "MetaProperty[meta.name='new']",
          message: "new.target does not survive terser's second pass: use this.constructor.",
        },
        { selector: "TSModuleDeclaration", message: "No namespaces." },
        { selector: "ExportDefaultDeclaration", message: "No default exports." },
        { selector: "TSAsExpression > TSUnknownKeyword", message: "No cast through unknown." },
        {
          selector: ":matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind='let']",
          message: "No mutable state at module level.",
        },
      ],
    },
  },
  restrictImports(["src/**/*.ts"], nodeFiles, [ofNode]),
  {
    files: ["src/**/*.ts"],
    plugins: { layout: { rules: layoutRules } },
    rules: { "layout/ranks": "error", "layout/entries": "error" },
  },
  {
    files: ["src/**/*.ts"],
    ignores: nodeFiles,
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "global", "require", "__dirname"],
    },
  },
  {
    // A literal type would make every release a change of the API; isolatedDeclarations wants the type of a pattern.
    files: ["src/internal/version.ts", "src/errors/recognized-texts.ts"],
    rules: { "@typescript-eslint/no-inferrable-types": "off" },
  },
  {
    // isolatedDeclarations wants the type of each name that an exported object holds.
    files: ["src/lists/filters/*-columns.ts"],
    rules: { "@typescript-eslint/no-unnecessary-type-assertion": "off" },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts", "examples/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        Buffer: "readonly",
        clearTimeout: "readonly",
        console: "readonly",
        performance: "readonly",
        process: "readonly",
        setTimeout: "readonly",
        URL: "readonly",
      },
    },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs" },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
