import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inProject } from "./project.mjs";
import { runTypeScript } from "./run.mjs";

/** node:test and jest's own `expect` stand in for both: the tests of the page use what all share. */
const runners = /^import \{ (.*) \} from "(?:@jest\/globals|vitest)";$/m;

/**
 * Runs the TypeScript blocks of docs/testing.md, each as a program of its own, against src/.
 * @returns {Promise<void>}
 */
export async function runDocsCode() {
  const page = await readFile(inProject("docs", "testing.md"), "utf8");
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  if (blocks.length === 0) throw new Error("docs/testing.md has no TypeScript block any more");
  const folder = inProject(".tmp", "docs-code");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", include: ["*.mts"] }),
  );
  const failures = await Promise.all(
    blocks.map(async (block, index) => {
      const file = join(folder, `block-${index + 1}.mts`);
      await writeFile(file, withNodeTest(block));
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
