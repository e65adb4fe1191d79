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
  await runBlocks(
    folder,
    blocks.map(({ code }) => withNodeTest(code)),
  );
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
  const page = await readBlocks("docs/guides/types-and-forms.md");
  const [generate = "", ...others] = page.map(({ code }) => code);
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

/** The execution that the first example of README reads. */
const exampleServer = `
import { InMemoryFlyteAdmin, seedAttempts, seedExecution, seedNode } from "flyte-admin-client/testing";
const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const seeded = await seedExecution(flyte, { name: "f3a" });
const messages = ["Worker lost", "CUDA out of memory", "Spot instance reclaimed"];
await seedAttempts(flyte, {
  nodeExecutionId: await seedNode(flyte, { executionId: seeded, nodeId: "n0" }),
  count: 4,
  attempt: (retryAttempt) => ({
    phase: retryAttempt < 3 ? "FAILED" : "SUCCEEDED",
    error: { message: messages[retryAttempt] },
  }),
});
`;

/**
 * Runs the first example of README on an in-memory FlyteAdmin, and compares its output with the one shown.
 * @returns {Promise<void>}
 */
export async function runReadmeExample() {
  const readme = await readFile(inProject("README.md"), "utf8");
  const [, code = "", shown = ""] = /^```ts\n(.*?)^```\n\n```text\n(.*?)^```$/ms.exec(readme) ?? [];
  const program = code.replace(/\{ baseUrl: .* \}/, "{ transport: flyte.transport() }");
  if (program === code) throw new Error("README.md has no example with its output any more");
  await runBlocks(await emptyFolder("readme"), [exampleServer + program], shown);
}

/**
 * Runs the registration of its guide on an in-memory FlyteAdmin.
 * @returns {Promise<void>}
 */
export async function runRegistrationGuide() {
  const [first] = await readBlocks("docs/guides/registering-and-launching.md");
  const code = first?.code ?? "";
  if (shownOutput(code).length === 0) {
    throw new Error("the guide's first block shows no output any more");
  }
  const setUp = `import { AdminClient } from "flyte-admin-client";
import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";
const server = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const admin = new AdminClient({ transport: server.transport() });
`;
  await runBlocks(await emptyFolder("registration-guide"), [setUp + code]);
}

/**
 * Reads the TypeScript blocks of a page, each with the line of its first statement.
 * @param {string} path
 * @returns {Promise<readonly { code: string; line: number }[]>}
 */
export async function readBlocks(path) {
  const page = await readFile(inProject(path), "utf8");
  return [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => ({
    code: match[1] ?? "",
    line: page.slice(0, match.index).split("\n").length + 1,
  }));
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
 * @param {string} [printed] all that each prints, where a page shows that
 */
async function runBlocks(folder, blocks, printed) {
  if (blocks.length === 0) throw new Error("the page has no TypeScript block any more");
  const failures = await Promise.all(
    blocks.map(async (block, index) => {
      const file = join(folder, `block-${index + 1}.mts`);
      await writeFile(file, block);
      const ended = await runTypeScript(file, []);
      const shown = shownOutput(block);
      const isShown =
        shown.every((line) => ended.stdout.includes(line)) &&
        (printed === undefined || ended.stdout === printed);
      return ended.ok && isShown ? [] : [`block ${index + 1} (${ended.how}):\n${ended.output}`];
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
