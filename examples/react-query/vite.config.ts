import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

const source = (path: string): string =>
  fileURLToPath(new URL(`../../src/${path}.ts`, import.meta.url));

/** In an app of its own, where the package is installed, no alias is needed. */
// Vite reads the default export.
// eslint-disable-next-line no-restricted-syntax
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: {
    alias: [
      { find: /^flyte-admin-client$/, replacement: source("index") },
      { find: /^flyte-admin-client\/query$/, replacement: source("query") },
    ],
  },
});
