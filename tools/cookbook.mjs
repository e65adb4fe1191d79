import { runTypeScript } from "./lib/run.mjs";
import { inProject } from "./lib/project.mjs";
import { setUp } from "./lib/set-up.mjs";

await setUp();
const file = inProject("examples", "cookbook", "main.ts");
const ended = await runTypeScript(file, process.argv.slice(2), { show: true, timeoutMs: 0 });
if (!ended.ok) process.exitCode = 1;
