/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // These need the built package and a browser: jest.browser.config.js.
  testPathIgnorePatterns: ["<rootDir>/test/browser/"],
  extensionsToTreatAsEsm: [".ts"],
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    // Keeps the seeds of properties that fail.
    "^fast-check$": "<rootDir>/test/support/fast-check.ts",
    // Examples import the package by its name.
    "^flyte-admin-client$": "<rootDir>/src/index.ts",
    "^flyte-admin-client/gen/(.*)$": "<rootDir>/gen/$1.ts",
    "^flyte-admin-client/(.*)$": "<rootDir>/src/$1.ts",
  },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "es6" },
        sourceMaps: "inline",
      },
    ],
  },
  transformIgnorePatterns: ["/node_modules/"],
  setupFiles: ["<rootDir>/test/support/native-errors.ts"],
  // For tests that hang. A busy machine must not reach it.
  testTimeout: 180_000,
  testSequencer: "<rootDir>/tools/lib/slow-tests-first.cjs",
  // The main process only waits: every core can run a worker.
  maxWorkers: "100%",
};
