import { runRuntimes } from "./lib/runtimes.mjs";
import { setUp } from "./lib/set-up.mjs";
import { setExitCode, summary } from "./lib/steps.mjs";

await setUp();
const counts = await runRuntimes();
console.log(`\n${summary(counts)}`);
setExitCode(counts);
