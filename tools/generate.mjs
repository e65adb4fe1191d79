import { generate } from "./lib/generated.mjs";
import { runSteps, setExitCode } from "./lib/steps.mjs";

setExitCode(
  await runSteps([{ title: "generate gen/ and src/internal/version.ts", run: generate }]),
);
