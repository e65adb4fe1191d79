import { readFile, writeFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { pageBundling } from "./page-bundle.mjs";
import { inProject, root } from "./project.mjs";

const tableFile = inProject("etc", "bundle-sizes.md");

/**
 * A page's code.
 * @typedef {object} Page
 * @property {string} what
 * @property {string} code
 */

/** @type {readonly Page[]} */
const pages = [
  {
    what: "`AdminClient` over REST, listing task executions",
    code: `import { AdminClient } from "flyte-admin-client";
export const admin = new AdminClient({ baseUrl: location.origin });
export const first = await admin.taskExecutions.list({ nodeExecutionId: {} }).first();`,
  },
  {
    what: "the same over gRPC-Web",
    code: `import { AdminClient } from "flyte-admin-client";
import { createGrpcWebTransport } from "flyte-admin-client/grpc-web";
export const admin = new AdminClient({ transport: createGrpcWebTransport({ baseUrl: location.origin }) });
export const first = await admin.taskExecutions.list({ nodeExecutionId: {} }).first();`,
  },
  {
    what: "all of `AdminService` over REST, without `AdminClient`",
    code: `import { createClient } from "@connectrpc/connect";
import { createRestTransport } from "flyte-admin-client";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
export const admin = createClient(AdminService, createRestTransport({ baseUrl: location.origin }));`,
  },
  {
    what: "functions that list attempts over REST, with `outcomeOf`",
    code: `import { outcomeOf } from "flyte-admin-client";
import { connectRest, listTaskExecutions } from "flyte-admin-client/functions";
const flyte = connectRest({ baseUrl: location.origin });
export const kinds = [];
for await (const attempt of listTaskExecutions(flyte, { nodeExecutionId: location.hash, where: (f) => f.phase.eq("FAILED") }))
  kinds.push(outcomeOf(attempt).kind);`,
  },
  {
    what: "the same, listing executions too",
    code: `import { outcomeOf } from "flyte-admin-client";
import { connectRest, listExecutions, listTaskExecutions } from "flyte-admin-client/functions";
const flyte = connectRest({ baseUrl: location.origin });
export const executions = await listExecutions(flyte, { project: "p", domain: "d" }).first();
export const kinds = [];
for await (const attempt of listTaskExecutions(flyte, { nodeExecutionId: location.hash, where: (f) => f.phase.eq("FAILED") }))
  kinds.push(outcomeOf(attempt).kind);`,
  },
  {
    what: "the same, reading outputs too",
    code: `import { outcomeOf } from "flyte-admin-client";
import {
  connectRest,
  listExecutions,
  listTaskExecutions,
  readTaskExecutionOutputs,
} from "flyte-admin-client/functions";
const flyte = connectRest({ baseUrl: location.origin });
export const executions = await listExecutions(flyte, { project: "p", domain: "d" }).first();
export const results = [];
for await (const attempt of listTaskExecutions(flyte, { nodeExecutionId: location.hash, where: (f) => f.phase.eq("FAILED") }))
  results.push(outcomeOf(attempt).kind, await readTaskExecutionOutputs(flyte, attempt));`,
  },
  { what: "`outcomeOf` alone", code: `export { outcomeOf } from "flyte-admin-client";` },
  { what: "`executionId` alone", code: `export { executionId } from "flyte-admin-client";` },
  {
    what: "`literalToValue` alone",
    code: `export { literalToValue } from "flyte-admin-client";`,
  },
  {
    what: "`literalToValue` with `msgpack`",
    code: `export { literalToValue, msgpack } from "flyte-admin-client";`,
  },
  { what: "`literalsToJson` alone", code: `export { literalsToJson } from "flyte-admin-client";` },
  { what: "`toJson` alone", code: `export { toJson } from "flyte-admin-client";` },
  { what: "`fetchSignedUrl` alone", code: `export { fetchSignedUrl } from "flyte-admin-client";` },
  { what: "everything of `flyte-admin-client`", code: `export * from "flyte-admin-client";` },
];

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number[]} bytes minified, gzip, brotli
 * @property {readonly (readonly [part: string, bytes: number])[]} parts what the minified bytes are made of
 */

/** The parts of a bundle, by the paths of their sources; the first that fits counts. */
const parts = /** @type {const} */ ([
  ["generated messages and methods, most of it descriptors", /^gen\//],
  ["@bufbuild/protobuf", /@bufbuild\/protobuf\//],
  ["@connectrpc", /@connectrpc\//],
  [
    "`client/`, `resources/`, `registry/`, `projects/`",
    /^src\/(client|resources|registry|projects)\//,
  ],
  ["`executions/`: launches, waits, trees, bulk verbs", /^src\/executions\//],
  ["`data/`, with @noble/hashes", /^src\/data\/|@noble/],
  ["`lists/`: filters, paging, scans", /^src\/lists\//],
  ["`values/`: identifiers, outcomes, literals, URLs", /^src\/values\//],
  ["`calls/` and `errors/`: interceptors, retries", /^src\/(calls|errors|auth|identity)\//],
  ["`transports/` and `descriptors/`", /^src\/(transports|descriptors)\//],
  ["other", /^/],
]);

/**
 * Weighs each part of a bundle by the bundle's source map, which goes through the maps of dist/ to the sources.
 * @param {string} code
 * @param {string} map
 * @returns {Row["parts"]}
 */
function partsOf(code, map) {
  const sums = new Map(parts.map(([part]) => [/** @type {string} */ (part), 0]));
  const sourceMap = new SourceMap(JSON.parse(map));
  code.split("\n").forEach((line, lineNumber) => {
    for (let column = 0; column < line.length; column += 1) {
      const entry = sourceMap.findEntry(lineNumber, column);
      const source = "originalSource" in entry ? entry.originalSource : "";
      const part = parts.find(([, pattern]) => pattern.test(source))?.[0] ?? "other";
      sums.set(part, (sums.get(part) ?? 0) + 1);
    }
  });
  return [...sums];
}

/**
 * How a page is bundled for a browser. A module of Node in it fails the bundle, since a browser has none.
 * @param {string} code
 */
function bundling(code) {
  return {
    stdin: { contents: code, resolveDir: root, sourcefile: "page.js" },
    ...pageBundling,
    minify: true,
    write: /** @type {const} */ (false),
    // Sources have their paths from here.
    outdir: root,
    sourcemap: /** @type {const} */ ("external"),
    sourcesContent: false,
    legalComments: /** @type {const} */ ("none"),
  };
}

/**
 * The sizes of a file: minified, gzip, brotli.
 * @param {Uint8Array} bytes
 */
function sizesOf(bytes) {
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length];
}

/**
 * Bundles a page into one file.
 * @param {Page} page
 * @returns {Promise<Row>}
 */
async function measure({ what, code: page }) {
  const result = await build(bundling(page));
  const [map, code] = result.outputFiles;
  if (map === undefined || code === undefined)
    throw new Error("esbuild wrote no bundle with a map");
  return { what, bytes: sizesOf(code.contents), parts: partsOf(code.text, map.text) };
}

/** @param {readonly { what: string; bytes: readonly number[] }[]} rows */
function sizeTable(rows) {
  const lines = rows.map(({ what, bytes }) => {
    const cells = bytes.map((size) => (size / 1000).toFixed(1).padStart(7));
    return `| ${[what.padEnd(56), ...cells].join(" | ")} |`;
  });
  return `| ${"import".padEnd(56)} |     min |    gzip |  brotli |
| ${"-".repeat(56)} | ------: | ------: | ------: |
${lines.join("\n")}`;
}

/** @param {readonly Row[]} rows */
function render(rows) {
  const partLines = (rows[0]?.parts ?? []).map(
    ([part, size]) => `| ${part.padEnd(60)} | ${(size / 1000).toFixed(1).padStart(7)} |`,
  );
  return `# What an import costs a page

Bundled into one file and minified with esbuild for browsers, in kB (1000 bytes). \`npm run update\` writes this table, and
\`npm run check\` fails when a figure is off by more than 1 %.

${sizeTable(rows)}

## What the first page is made of

| ${"part".padEnd(60)} |     min |
| ${"-".repeat(60)} | ------: |
${partLines.join("\n")}
`;
}

/**
 * The figures of a table, in reading order.
 * @param {string} table
 */
function figures(table) {
  return [...table.matchAll(/ (\d+\.\d) /g)].map(([, figure]) => Number(figure));
}

/**
 * Compares the bundle sizes with etc/bundle-sizes.md, or writes that file. Compressors differ a little between
 * versions of Node, so figures may be off by 1 %, or by 0.1 kB.
 * @param {{ write: boolean }} options
 * @returns {Promise<void>}
 */
export async function bundleTable({ write }) {
  const fresh = render(await Promise.all(pages.map(measure)));
  if (write) {
    await writeFile(tableFile, fresh);
    return;
  }
  const committed = await readFile(tableFile, "utf8");
  const was = figures(committed);
  const is = figures(fresh);
  const words = (/** @type {string} */ table) => table.replace(/[\d.]+/g, "#").replace(/ +/g, " ");
  const near = is.every((size, index) => {
    const difference = Math.abs(size - (was[index] ?? 0));
    return difference <= Math.max(0.11, size / 100);
  });
  if (words(committed) !== words(fresh) || !near) {
    throw new Error(`etc/bundle-sizes.md differs from what is built (npm run update):\n${fresh}`);
  }
}
