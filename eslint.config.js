import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

const nodeDoors = ["src/node.ts", "src/node/**", "src/testing.ts", "src/testing/listen/**", "src/transports/grpc/**"];

export default tseslint.config(
  { ignores: ["dist", "gen", "coverage", "docs", "test/recordings", "**/*.cjs"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-deprecated": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/only-throw-error": "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Use a union of literals." },
        { selector: "TSModuleDeclaration", message: "No namespaces." },
        { selector: "ExportDefaultDeclaration", message: "No default exports." },
        { selector: "TSAsExpression > TSUnknownKeyword", message: "No cast through unknown." },
      ],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: nodeDoors,
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["node:*", "@connectrpc/connect-node"], message: "Browser first: only the Node doors may import this." }] },
      ],
      "no-restricted-globals": ["error", "process", "Buffer", "global", "require", "__dirname"],
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts", "examples/**/*.ts", "scripts/**/*.{ts,js,mjs}"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  { files: ["**/*.{js,mjs}"], extends: [tseslint.configs.disableTypeChecked], languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly", fetch: "readonly", setTimeout: "readonly", clearTimeout: "readonly", Buffer: "readonly" } } },
);
