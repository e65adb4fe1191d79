import { OptionDefaults } from "typedoc";

/**
 * The reference as Markdown, which VitePress turns into a part of the site.
 * @type {Partial<import("typedoc").TypeDocOptions> & Partial<import("typedoc-plugin-markdown").PluginOptions> & { docsRoot: string }}
 */
export default {
  plugin: ["typedoc-plugin-markdown", "typedoc-vitepress-theme", "./tools/lib/typedoc-plugin.mjs"],
  entryPoints: [
    "src/index.ts",
    "src/functions.ts",
    "src/node.ts",
    "src/grpc-web.ts",
    "src/otel.ts",
    "src/query.ts",
    "src/testing.ts",
  ],
  tsconfig: "tsconfig.src.json",
  name: "Reference",
  readme: "none",
  docsRoot: "docs",
  out: "docs/api",
  hideBreadcrumbs: true,
  useCodeBlocks: false,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  categorizeByGroup: false,
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  // Generated messages have comments of their own, in protos/.
  externalPattern: ["**/node_modules/**", "**/gen/**"],
  excludeExternals: true,
  blockTags: [...OptionDefaults.blockTags, "@generated"],
  excludeTags: [...OptionDefaults.excludeTags, "@generated"],
  treatWarningsAsErrors: true,
  validation: { notExported: false, invalidLink: true },
};
