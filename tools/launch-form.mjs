import { inProject } from "./lib/project.mjs";
import { runTypeScript } from "./lib/run.mjs";
import { setUp } from "./lib/set-up.mjs";

await setUp();
const program = inProject("examples", "launch-form", "main.ts");
const ended = await runTypeScript(program, process.argv.slice(2), { show: true, timeoutMs: 0 });
if (!ended.ok) {
  console.error(`The launch form ended early: ${ended.how}.`);
  process.exit(1);
}
