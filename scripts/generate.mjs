import { generate } from "./lib/generated.mjs";
import { runSteps, setExitCode } from "./lib/steps.mjs";

setExitCode(await runSteps([{ title: "generate gen/ and src/version.ts", run: generate }]));
