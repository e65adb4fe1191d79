import { readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { inProject, root } from "./project.mjs";

const tableFile = inProject("etc", "bundle-sizes.md");

/** What a page would write, and what each costs it. */
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
  { what: "`outcomeOf` alone", code: `export { outcomeOf } from "flyte-admin-client";` },
  { what: "`executionId` alone", code: `export { executionId } from "flyte-admin-client";` },
  {
    what: "`literalToNative` alone",
    code: `export { literalToNative } from "flyte-admin-client";`,
  },
  {
    what: "`literalToNative` with `msgpack`",
    code: `export { literalToNative, msgpack } from "flyte-admin-client";`,
  },
  { what: "`fetchSignedUrl` alone", code: `export { fetchSignedUrl } from "flyte-admin-client";` },
  { what: "everything of `flyte-admin-client`", code: `export * from "flyte-admin-client";` },
];

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number[]} bytes minified, gzip, brotli
 * @property {readonly (readonly [part: string, bytes: number])[]} parts what the minified bytes are made of
 */

/** What a bundle is made of, by the paths of its modules; the first that fits counts. */
const parts = /** @type {const} */ ([
  ["generated messages and services, most of it descriptors", /dist\/esm\/gen\//],
  ["@bufbuild/protobuf: its own descriptor", /protobuf\/.*descriptor_pb/],
  ["@bufbuild/protobuf: the rest", /@bufbuild\/protobuf\//],
  ["@connectrpc", /@connectrpc\//],
  ["resources, walks and `AdminClient`", /src\/(resources|walks|admin-client)/],
  ["data, signed URLs and uploads", /src\/(data|signed-urls|uploads|flyte-urls|literals)|@noble/],
  ["filters, paging, identifiers, outcomes", /src\/(filters|paging|identifiers|outcomes)/],
  ["interceptors and errors", /src\/(interceptors|errors)/],
  ["transports", /src\/(transports|descriptors)/],
  ["other", /./],
]);

/**
 * @param {import("esbuild").Metafile} metafile
 * @returns {Row["parts"]}
 */
function partsOf(metafile) {
  const sums = new Map(parts.map(([part]) => [/** @type {string} */ (part), 0]));
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const part = parts.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
      sums.set(part, (sums.get(part) ?? 0) + bytesInOutput);
    }
  }
  return [...sums];
}

/**
 * Bundles a page for a browser. A module of Node in it fails the bundle, since a browser has none.
 * @param {{ what: string; code: string }} page
 * @returns {Promise<Row>}
 */
async function measure({ what, code }) {
  const result = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: "page.js" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
    tsconfigRaw: {},
  });
  const bytes = result.outputFiles[0]?.contents ?? new Uint8Array();
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  return {
    what,
    bytes: [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length],
    parts: partsOf(result.metafile),
  };
}

/** @param {readonly Row[]} rows */
function render(rows) {
  const lines = rows.map(({ what, bytes }) => {
    const cells = bytes.map((size) => (size / 1000).toFixed(1).padStart(7));
    return `| ${[what.padEnd(56), ...cells].join(" | ")} |`;
  });
  const partLines = (rows[0]?.parts ?? []).map(
    ([part, size]) => `| ${part.padEnd(60)} | ${(size / 1000).toFixed(1).padStart(7)} |`,
  );
  return `# What an import costs a page

Bundled and minified with esbuild for browsers, in kB (1000 bytes). \`npm run update\` writes this table, and
\`npm run check\` fails when a figure is off by more than 1 %.

| ${"import".padEnd(56)} |     min |    gzip |  brotli |
| ${"-".repeat(56)} | ------: | ------: | ------: |
${lines.join("\n")}

The first of them, minified, by what it is made of:

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
