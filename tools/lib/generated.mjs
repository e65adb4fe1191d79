import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { inProject, readJson, root, tool } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";

const versionFile = inProject("src", "internal", "version.ts");

/** The version of package.json as a module, so that no code has to read a file to know it. */
function versionModule() {
  const { version } = readJson(inProject("package.json"));
  return `/** The version of this package. \`npm run generate\` writes it from package.json. */
export const version: string = ${JSON.stringify(version)};
`;
}

/**
 * Lets buf write gen/ into a folder.
 * @param {string} folder
 */
async function generateMessages(folder) {
  // buf looks for its plugin on the PATH.
  const PATH = [inProject("node_modules", ".bin"), process.env["PATH"]].join(delimiter);
  const ended = await runNode(tool("@bufbuild/buf", "buf"), ["generate", "--output", folder], {
    env: { PATH },
  });
  expectOk(ended);
}

/**
 * The files under a folder, by their path in it.
 * @param {string} folder
 * @returns {Map<string, string>}
 */
function readTree(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  return new Map(files.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/**
 * Writes everything that is generated from something else in the repository: gen/ and src/internal/version.ts.
 * @returns {Promise<void>}
 */
export async function generate() {
  await generateMessages(root);
  await writeFile(versionFile, versionModule());
}

/**
 * Fails when gen/ or src/internal/version.ts differs from what {@link generate} would write.
 * @returns {Promise<void>}
 */
export async function checkGenerated() {
  const folder = await mkdtemp(join(tmpdir(), "flyte-admin-client-gen-"));
  try {
    await generateMessages(folder);
    const fresh = readTree(join(folder, "gen"));
    const committed = readTree(inProject("gen"));
    const paths = [...new Set([...fresh.keys(), ...committed.keys()])];
    const differing = paths
      .filter((path) => fresh.get(path) !== committed.get(path))
      .map((path) => `gen/${path}`);
    if (readFileSync(versionFile, "utf8") !== versionModule())
      differing.push("src/internal/version.ts");
    if (differing.length > 0) {
      throw new Error(`out of date, npm run generate mends it:\n${differing.join("\n")}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
