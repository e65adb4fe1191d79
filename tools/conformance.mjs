import { conformanceFile } from "./lib/conformance.mjs";
import { runTypeScript } from "./lib/run.mjs";
import { setUp } from "./lib/set-up.mjs";

await setUp();
const args = process.argv.slice(2);
const ended = await runTypeScript(conformanceFile, args, {
  show: true,
  timeoutMs: 0,
});
if (!ended.ok) process.exitCode = 1;
