import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readBlocks } from "./docs-code.mjs";
import { pagesIn } from "./markdown-links.mjs";
import { inProject, tool } from "./project.mjs";
import { runNode } from "./run.mjs";
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
  const blocks = await readBlocks(page);
  const name = page.replace(/\.md$/, "");
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await Promise.all(
    blocks.map(({ code, line }) =>
      writeFile(join(folder, `${name}-line-${line}.ts`), `${wrapped(code)}\nexport {};\n`),
    ),
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
