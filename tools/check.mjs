import { setUp } from "./lib/set-up.mjs";
import { runSteps, setExitCode, summary } from "./lib/steps.mjs";

await setUp();
const { checks } = await import("./lib/checks.mjs");
const counts = await runSteps(checks());
console.log(`\n${summary(counts)}`);
setExitCode(counts);
