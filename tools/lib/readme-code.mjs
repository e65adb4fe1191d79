import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inProject, tool } from "./project.mjs";
import { runNode } from "./run.mjs";
import { expectOk } from "./steps.mjs";

/** What the code in README takes for granted, so that its lines stay few. */
const surroundings = `
import type { AdminClient as Client, ExecutionIdInput } from "flyte-admin-client";
import type { TaskExecution } from "flyte-admin-client/gen/flyteidl/admin/task_execution_pb";
declare global {
  const admin: Client;
  const attempt: TaskExecution;
  const id: ExecutionIdInput;
  function save(token: string | undefined): void;
  function write(part: Uint8Array): void;
  function token(): string;
  function retryLater(): void;
  function useInfiniteQuery<Page>(options: {
    queryKey: readonly unknown[];
    queryFn: (context: { pageParam: string; signal: AbortSignal }) => Promise<Page>;
    initialPageParam: string;
    getNextPageParam: (last: Page) => string | undefined;
  }): { data: { pages: Page[] } | undefined };
}
`;

/**
 * Compiles the TypeScript blocks of README.md, each as a module of its own, against src/.
 * @returns {Promise<void>}
 */
export async function checkReadmeCode() {
  const readme = await readFile(inProject("README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  if (blocks.length === 0) throw new Error("README.md has no TypeScript block any more");
  const folder = inProject(".tmp", "readme");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "surroundings.ts"), surroundings);
  await Promise.all(
    blocks.map((block, index) =>
      writeFile(join(folder, `block-${index + 1}.ts`), `${wrapped(block)}\nexport {};\n`),
    ),
  );
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { rootDir: "../..", noUnusedLocals: false },
    include: ["*.ts"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  expectOk(await runNode(tool("typescript", "tsc"), ["-p", folder]));
}

/**
 * A block that returns stands inside a function of its reader's.
 * @param {string} block
 */
function wrapped(block) {
  if (!/^ *(?:if .*)?return\b/m.test(block)) return block;
  const lines = block.split("\n");
  const imports = lines.filter((line) => line.startsWith("import "));
  const rest = lines.filter((line) => !line.startsWith("import "));
  return [...imports, "export async function block() {", ...rest, "}"].join("\n");
}
