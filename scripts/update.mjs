import { apiReports } from "./lib/api-report.mjs";
import { build } from "./lib/build.mjs";
import { bundleTable } from "./lib/bundle-table.mjs";
import { generate } from "./lib/generated.mjs";
import { runSteps, setExitCode } from "./lib/steps.mjs";

const steps = [
  { title: "gen/ and src/version.ts", run: generate },
  { title: "build", run: build },
  { title: "etc/*.api.md", run: () => apiReports({ write: true }) },
  { title: "etc/bundle-sizes.md", run: () => bundleTable({ write: true }) },
];
setExitCode(await runSteps(steps, { concurrency: 1 }));
