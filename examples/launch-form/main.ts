import { parseArgs } from "node:util";

import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";

import { addSamplePlan, samplePlan } from "./sample-plan.js";
import { serveLaunchForm } from "./serve.js";

const usage = `Usage: npm run launch-form
       npm run launch-form -- --base-url URL --project P --domain D --launch-plan NAME [--port N]

Without --base-url the page launches a workflow of a FlyteAdmin in memory.
With it, the launch plan runs on that server: its REST gateway must answer the page's origin (CORS).`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "base-url": { type: "string" },
      project: { type: "string", default: samplePlan.project },
      domain: { type: "string", default: samplePlan.domain },
      "launch-plan": { type: "string", default: samplePlan.name },
      port: { type: "string", default: "5174" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const baseUrl = values["base-url"] ?? (await serverInMemory());
  const { project, domain, "launch-plan": launchPlan } = values;
  const page = await serveLaunchForm({ baseUrl, project, domain, launchPlan }, Number(values.port));
  console.log(`The form is at ${page.url} and launches on ${baseUrl}. Ctrl+C ends it.`);
}

async function serverInMemory(): Promise<string> {
  const flyte = new InMemoryFlyteAdmin({ projects: [samplePlan.project] });
  await addSamplePlan(flyte);
  return (await flyte.listen()).httpUrl;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
