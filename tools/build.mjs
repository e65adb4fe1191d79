import { build } from "./lib/build.mjs";
import { runSteps, setExitCode } from "./lib/steps.mjs";

setExitCode(await runSteps([{ title: "build", run: build }]));
