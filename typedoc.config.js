import { OptionDefaults } from "typedoc";

/** @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  entryPoints: [
    "src/index.ts",
    "src/functions.ts",
    "src/node.ts",
    "src/grpc-web.ts",
    "src/otel.ts",
    "src/testing.ts",
  ],
  tsconfig: "tsconfig.src.json",
  out: "docs/api",
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
