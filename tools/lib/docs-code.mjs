import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inProject, tool } from "./project.mjs";
import { runNode, runTypeScript } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/** node:test and jest's own `expect` stand in for both: the tests of the page use what all share. */
const runners = /^import \{ (.*) \} from "(?:@jest\/globals|vitest)";$/m;

/**
 * Runs the TypeScript blocks of docs/testing.md, each as a program of its own, against src/.
 * @returns {Promise<void>}
 */
export async function runDocsCode() {
  const blocks = await readBlocks("docs/testing.md");
  const folder = await emptyFolder("docs-code");
  await runBlocks(folder, blocks.map(withNodeTest));
}

/** A server with the launch plan of the guide, and an execution of it that has ended. */
const guideServer = `
import { AdminClient, simpleType, valueToLiteral, blobType } from "flyte-admin-client";
import { InMemoryFlyteAdmin, seedExecution } from "flyte-admin-client/testing";
import { addSamplePlan, samplePlan } from "../../examples/launch-form/sample-plan.js";
const { project, domain } = samplePlan;
const flyte = new InMemoryFlyteAdmin({ projects: [project] });
await addSamplePlan(flyte);
export const admin = new AdminClient({
  transport: flyte.transport(),
  fetch: flyte.fetch,
  defaults: { project, domain },
});
const outputs = {
  accuracy: valueToLiteral(0.97, simpleType("float")),
  model: valueToLiteral({ uri: "s3://bucket/model.bin" }, blobType()),
};
export const seeded = await seedExecution(flyte, { project, domain, name: "f3a", phase: "SUCCEEDED", outputs });
`;

/**
 * Runs the TypeScript blocks of the guide to types and forms on an in-memory server. The first writes the types that
 * the others import, which are compiled with them.
 * @returns {Promise<void>}
 */
export async function runTypesGuide() {
  const [generate = "", ...others] = await readBlocks("docs/guides/types-and-forms.md");
  const folder = await emptyFolder("types-guide");
  const setUp = 'import { admin, seeded } from "./set-up.mjs";\n';
  await writeFile(join(folder, "set-up.mts"), guideServer);
  const file = join(folder, "flyte.gen.ts");
  await runBlocks(folder, [setUp + generate.replace('"flyte.gen.ts"', JSON.stringify(file))]);
  const blocks = others.map((block) =>
    /\bconst id\b/.test(block) ? setUp + block : `${setUp}const id = seeded;\n${block}`,
  );
  await runBlocks(folder, blocks);
  expectOk(await runNode(tool("typescript-next", "tsc"), ["-p", folder]));
}

/**
 * The TypeScript blocks of a page.
 * @param {string} path
 */
async function readBlocks(path) {
  const page = await readFile(inProject(path), "utf8");
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  if (blocks.length === 0) throw new Error(`${path} has no TypeScript block any more`);
  return blocks;
}

/**
 * An empty folder for programs that import the package by its name.
 * @param {string} name
 */
async function emptyFolder(name) {
  const folder = inProject(".tmp", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { rootDir: "../.." },
    include: ["*.mts", "*.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  return folder;
}

/**
 * Runs blocks, each as a program of its own, and compares the output that they announce.
 * @param {string} folder
 * @param {readonly string[]} blocks
 */
async function runBlocks(folder, blocks) {
  const failures = await Promise.all(
    blocks.map(async (block, index) => {
      const file = join(folder, `block-${index + 1}.mts`);
      await writeFile(file, block);
      const ended = await runTypeScript(file, [], { timeoutMs: 120_000 });
      const shown = shownOutput(block);
      const isRight = ended.ok && shown.every((line) => ended.stdout.includes(line));
      return isRight ? [] : [`block ${index + 1} (${ended.how}):\n${ended.output}`];
    }),
  );
  if (failures.flat().length > 0) throw new Error(failures.flat().join("\n"));
}

/**
 * The output that comments behind `console.log` announce.
 * @param {string} block
 */
function shownOutput(block) {
  return [...block.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1] ?? "");
}

/** @param {string} block */
function withNodeTest(block) {
  return block.replace(runners, (_, /** @type {string} */ names) => {
    const others = names.split(", ").filter((name) => name !== "expect");
    return `import { ${others.join(", ")} } from "node:test";\nimport { expect } from "expect";`;
  });
}
