import { inProject } from "./lib/project.mjs";
import { runTypeScript } from "./lib/run.mjs";
import { setUp } from "./lib/set-up.mjs";

await setUp();
const args = process.argv.slice(2);
const ended = await runTypeScript(inProject("bench", "main.ts"), args, {
  show: true,
  timeoutMs: 0,
});
if (!ended.ok) {
  console.error(`The benchmark ended early: ${ended.how}.`);
  process.exit(1);
}
