import { parseArgs } from "node:util";
import { inProject, tool } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { setUp } from "./lib/set-up.mjs";
import { buildSite, siteFolder, writeReference } from "./lib/site.mjs";
import { runSteps, setExitCode } from "./lib/steps.mjs";

const { values } = parseArgs({
  options: { serve: { type: "boolean" }, port: { type: "string", default: "4173" } },
});

await setUp();
const counts = await runSteps(
  [
    { title: "reference", run: writeReference },
    { title: `site, into ${siteFolder}`, run: buildSite },
  ],
  { concurrency: 1 },
);
setExitCode(counts);
if (counts.failed === 0 && values.serve === true) {
  await runNode(
    tool("vitepress"),
    ["preview", inProject("docs"), "--host", "127.0.0.1", "--port", values.port],
    { show: true, timeoutMs: 0 },
  );
}
