import { apiReports } from "./lib/api-report.mjs";
import { architecturePage } from "./lib/architecture.mjs";
import { build } from "./lib/build.mjs";
import { bundleTable } from "./lib/bundle-table.mjs";
import { generate } from "./lib/generated.mjs";
import { methodDocs } from "./lib/method-docs.mjs";
import { inProject } from "./lib/project.mjs";
import { runTypeScript } from "./lib/run.mjs";
import { expectOk, runSteps, setExitCode } from "./lib/steps.mjs";

/**
 * A step that writes a generated page.
 * @param {string} title
 * @param {string} program its path under test/, which holds the test that the page is up to date
 * @returns {import("./lib/steps.mjs").Step}
 */
function writePage(title, program) {
  return {
    title,
    run: async () => expectOk(await runTypeScript(inProject("test", program), [])),
  };
}

const steps = [
  { title: "gen/ and src/internal/version.ts", run: generate },
  { title: "docstrings of src/resources/", run: () => methodDocs({ write: true }) },
  { title: "build", run: build },
  writePage("docs/rpcs.md", "resources/write-rpc-table.ts"),
  writePage("docs/rest-limits.md", "transports/write-rest-limits-page.ts"),
  writePage("docs/cookbook.md", "examples/write-cookbook-page.ts"),
  writePage("docs/filter-fields.md", "lists/filters/write-filter-fields-page.ts"),
  { title: "ARCHITECTURE.md, the folders", run: () => architecturePage({ write: true }) },
  { title: "etc/*.api.md", run: () => apiReports({ write: true }) },
  { title: "etc/bundle-sizes.md", run: () => bundleTable({ write: true }) },
];
setExitCode(await runSteps(steps, { concurrency: 1 }));
