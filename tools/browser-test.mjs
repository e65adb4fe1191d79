import { runBrowserTests } from "./lib/browser-tests.mjs";
import { setUp } from "./lib/set-up.mjs";
import { setExitCode, summary } from "./lib/steps.mjs";

await setUp();
const counts = await runBrowserTests();
console.log(`\n${summary(counts)}`);
setExitCode(counts);
