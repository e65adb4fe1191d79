import { inProject } from "./lib/project.mjs";
import { runTypeScript } from "./lib/run.mjs";
import { setUp } from "./lib/set-up.mjs";

await setUp();
const args = process.argv.slice(2);
const ended = await runTypeScript(inProject("tools", "conformance", "main.ts"), args, {
  show: true,
  timeoutMs: 0,
});
if (!ended.ok) process.exitCode = 1;
