import { setUp } from "./lib/set-up.mjs";
import { runTypeScript } from "./lib/run.mjs";
import { demoFile } from "./lib/examples.mjs";

await setUp();
const ended = await runTypeScript(demoFile, process.argv.slice(2), { show: true, timeoutMs: 0 });
if (!ended.ok) {
  console.error(`The demo ended early: ${ended.how}.`);
  process.exit(1);
}
