import { setUp } from "./lib/set-up.mjs";
import { runSteps, setExitCode, summary } from "./lib/steps.mjs";

await setUp();
const { packageTests } = await import("./lib/package-test.mjs");
const counts = await runSteps(packageTests());
console.log(`\n${summary(counts)}`);
setExitCode(counts);
