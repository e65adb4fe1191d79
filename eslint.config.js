import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** What may touch Node: the Node doors and what only they reach. */
const nodeFiles = [
  "src/node.ts",
  "src/node/**",
  "src/testing.ts",
  "src/testing/listen/**",
  "src/transports/grpc/**",
];
const ofNode = {
  group: ["node:*", "@connectrpc/connect-node"],
  message: "Browser first: only the Node doors may import this.",
};

/** The modules right under src/ that stand above every folder. */
const topModules = ["admin-client", "grpc-web", "node", "otel", "testing"];

/** The folders of src/ and what they may not import, since it stands above them or beside them. */
const above = ["auth", "node", "resources", "testing"];
const besideHelpers = ["data", "filters", "interceptors", "paging", "transports", "uploads"];
const helpers = [
  "errors",
  "flyte-urls",
  "identifiers",
  "literals",
  "logs",
  "outcomes",
  "signed-urls",
];
const layers = {
  decoding: [...above, ...besideHelpers, ...helpers],
  descriptors: [...above, ...besideHelpers, ...helpers],
  errors: [
    ...above,
    ...besideHelpers,
    "flyte-urls",
    "identifiers",
    "literals",
    "outcomes",
    "signed-urls",
  ],
  identifiers: [...above, ...besideHelpers, "signed-urls"],
  outcomes: [...above, ...besideHelpers, "signed-urls"],
  literals: [...above, ...besideHelpers, "signed-urls"],
  "flyte-urls": [...above, ...besideHelpers, "signed-urls"],
  "signed-urls": [...above, ...besideHelpers],
  data: [...above, "filters", "interceptors", "paging", "transports"],
  uploads: [...above, "filters", "interceptors", "paging", "transports"],
  logs: [...above, ...besideHelpers, "signed-urls"],
  filters: [...above, "data", "interceptors", "paging", "signed-urls", "transports"],
  paging: [...above, "data", "filters", "interceptors", "signed-urls", "transports"],
  transports: [...above, "data", "filters", "interceptors", "paging", "signed-urls"],
  interceptors: [...above, "data", "filters", "paging", "signed-urls"],
  auth: ["data", "filters", "literals", "node", "outcomes", "paging", "resources", "testing"],
  bulk: [...above, "data", "filters", "interceptors", "signed-urls", "transports"],
  walks: [...above, "data", "interceptors", "signed-urls", "transports", "waiting"],
  waiting: [...above, "data", "signed-urls", "transports"],
  resources: ["auth", "node", "testing", "transports"],
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
  Object.entries(layers).map(([folder, forbidden]) =>
    restrictImports([`src/${folder}/**/*.ts`], nodeFiles, [
      ofNode,
      {
        group: [
          ...topModules.flatMap((name) => [`../${name}.js`, `../../${name}.js`]),
          ...forbidden.map((name) => `**/${name}/**`),
        ],
        message: `src/${folder} stands below or beside this (CONTRIBUTING.md, layers).`,
      },
    ]),
  ),
  {
    files: ["src/**/*.ts"],
    ignores: nodeFiles,
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "global", "require", "__dirname"],
    },
  },
  {
    // A literal type would make every release a change of the API.
    files: ["src/version.ts"],
    rules: { "@typescript-eslint/no-inferrable-types": "off" },
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
