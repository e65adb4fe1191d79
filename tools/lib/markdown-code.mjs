import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pagesIn } from "./markdown-links.mjs";
import { inProject, tool } from "./project.mjs";
import { runNode, runTypeScript } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/** Declares what the code of pages uses without declaring it, so that its lines stay few. */
const surroundings = `
import type {
  AdminClient,
  Execution,
  ExecutionIdInput,
  LiteralMap,
  NodeExecution,
  NodeExecutionIdInput,
  TaskExecution,
  TaskExecutionIdInput,
} from "flyte-admin-client";
declare global {
  const admin: AdminClient;
  const attempt: TaskExecution;
  const attemptId: TaskExecutionIdInput;
  const baseUrl: string;
  const execution: Execution;
  const executionId: ExecutionIdInput;
  const file: File;
  const id: ExecutionIdInput;
  const literals: LiteralMap;
  const node: NodeExecution;
  const nodeExecutionId: NodeExecutionIdInput;
  function render(...values: unknown[]): void;
  function retryLater(): void;
  function save(token: string | undefined): void;
  function token(): string;
  function write(part: Uint8Array): void;
}
`;

/** Packages that pages mention and this project does not install, as far as the pages use them. */
const otherPackages = `
declare module "*/flyte.gen.js" {
  import type { BlobRef, ReferenceInput, TypedLaunchPlan } from "flyte-admin-client";
  export interface MlTrain {
    readonly inputs: { readonly epochs: bigint | number; readonly data: ReferenceInput<BlobRef> };
    readonly outputs: { readonly accuracy: number; readonly model: BlobRef };
  }
  export const mlTrain: TypedLaunchPlan<MlTrain>;
}
declare module "vitest" {
  export { expect, test } from "@jest/globals";
}
declare module "@flyteorg/flyteidl" {
  export const flyteidl: any;
}
`;

/**
 * Compiles the TypeScript blocks of README.md and docs/, each as a module of its own, against src/.
 * @returns {Promise<void>}
 */
export async function checkMarkdownCode() {
  const folder = inProject(".tmp", "markdown-code");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "surroundings.ts"), surroundings);
  await writeFile(join(folder, "other-packages.d.ts"), otherPackages);
  const counts = await Promise.all(
    ["README.md", ...pagesIn("docs")].map((page) => writeBlocks(page, folder)),
  );
  if (counts[0] === 0) throw new Error("README.md has no TypeScript block any more");
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { rootDir: "../..", noUnusedLocals: false, noImplicitReturns: false },
    include: ["**/*.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  expectOk(await runNode(tool("typescript-next", "tsc"), ["-p", folder]));
}

/**
 * Writes the blocks of a page, each at the line that it has there, so that the compiler's messages lead to it.
 * @param {string} page
 * @param {string} folder
 * @returns {Promise<number>} how many there are
 */
async function writeBlocks(page, folder) {
  const text = await readFile(inProject(page), "utf8");
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)];
  const name = page.replace(/\.md$/, "");
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await Promise.all(
    blocks.map((match) => {
      const line = text.slice(0, match.index).split("\n").length + 1;
      return writeFile(
        join(folder, `${name}-line-${line}.ts`),
        `${wrapped(match[1] ?? "")}\nexport {};\n`,
      );
    }),
  );
  return blocks.length;
}

/**
 * A block that returns is inside a function of its reader's.
 * @param {string} block
 */
function wrapped(block) {
  const isFunction = /\bfunction\b|=> \{$/m.test(block);
  if (isFunction || !/^ *(?:if .*)?return\b/m.test(block)) return block;
  const lines = block.split("\n");
  const imports = lines.filter((line) => line.startsWith("import "));
  const rest = lines.filter((line) => !line.startsWith("import "));
  return [...imports, "export async function block() {", ...rest, "}"].join("\n");
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
  await expectOutput("readme", exampleServer + program, shown);
}

/**
 * Runs the registration of its guide on an in-memory FlyteAdmin.
 * @returns {Promise<void>}
 */
export async function runRegistrationGuide() {
  const page = await readFile(inProject("docs", "guides", "registering-and-launching.md"), "utf8");
  const [, code = ""] = /^```ts\n(.*?)^```$/ms.exec(page) ?? [];
  const shown = /console\.log\(.*\); \/\/ (.*)$/m.exec(code)?.[1];
  if (shown === undefined) throw new Error("the guide's first block shows no output any more");
  const setUp = `import { AdminClient } from "flyte-admin-client";
import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";
const server = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
const admin = new AdminClient({ transport: server.transport() });
`;
  await expectOutput("registering", setUp + code, `${shown}\n`);
}

/**
 * Runs a program against src/ and compares what it prints.
 * @param {string} name
 * @param {string} program
 * @param {string} expected
 */
async function expectOutput(name, program, expected) {
  const folder = inProject(".tmp", "markdown-examples");
  await mkdir(folder, { recursive: true });
  const config = { extends: "../../tsconfig.json" };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  const file = join(folder, `${name}.mts`);
  await writeFile(file, program);
  const ended = await runTypeScript(file, [], { timeoutMs: 120_000 });
  expectOk(ended);
  if (ended.stdout === expected) return;
  throw new Error(`the page shows:\n${expected}It printed:\n${ended.stdout}`);
}
