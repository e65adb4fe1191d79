import { setUp } from "./lib/set-up.mjs";
import { setExitCode, summary } from "./lib/steps.mjs";

await setUp();
const { runBundlerTests } = await import("./lib/bundler-test.mjs");
const counts = await runBundlerTests();
console.log(`\n${summary(counts)}`);
setExitCode(counts);
