import { apiReports } from "./lib/api-report.mjs";
import { architecturePage } from "./lib/architecture.mjs";
import { build } from "./lib/build.mjs";
import { bundleTable } from "./lib/bundle-table.mjs";
import { generate } from "./lib/generated.mjs";
import { inProject } from "./lib/project.mjs";
import { runTypeScript } from "./lib/run.mjs";
import { expectOk, runSteps, setExitCode } from "./lib/steps.mjs";

const steps = [
  { title: "gen/ and src/internal/version.ts", run: generate },
  { title: "build", run: build },
  {
    title: "docs/rpcs.md",
    run: async () =>
      expectOk(await runTypeScript(inProject("test", "resources", "write-rpc-table.ts"), [])),
  },
  {
    title: "docs/rest-limits.md",
    run: async () =>
      expectOk(
        await runTypeScript(inProject("test", "transports", "write-rest-limits-page.ts"), []),
      ),
  },
  {
    title: "docs/cookbook.md",
    run: async () =>
      expectOk(await runTypeScript(inProject("test", "examples", "write-cookbook-page.ts"), [])),
  },
  {
    title: "docs/filter-fields.md",
    run: async () =>
      expectOk(
        await runTypeScript(
          inProject("test", "lists", "filters", "write-filter-fields-page.ts"),
          [],
        ),
      ),
  },
  { title: "ARCHITECTURE.md, the folders", run: () => architecturePage({ write: true }) },
  { title: "etc/*.api.md", run: () => apiReports({ write: true }) },
  { title: "etc/bundle-sizes.md", run: () => bundleTable({ write: true }) },
];
setExitCode(await runSteps(steps, { concurrency: 1 }));
