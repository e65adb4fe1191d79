import { parseArgs } from "node:util";

import { InMemoryFlyteAdmin } from "flyte-admin-client/testing";

import { addSampleRuns, sampleRun } from "./sample-runs.js";
import { servePage } from "./serve.js";

const usage = `Usage: npm run dashboard
       npm run dashboard -- --base-url URL [--project P] [--domain D] [--port N]

Without arguments the page shows a FlyteAdmin in memory.
With --base-url it shows a real server, by its REST gateway, usually http://HOST:8088,
and changes nothing there. A server with authentication needs a bearer token in FLYTE_TOKEN.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "base-url": { type: "string" },
      project: { type: "string", default: sampleRun.project },
      domain: { type: "string", default: sampleRun.domain },
      port: { type: "string", default: "5173" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const token = process.env["FLYTE_TOKEN"];
  const baseUrl = values["base-url"] ?? (await serverInMemory());
  const page = await servePage(
    {
      baseUrl,
      project: values.project,
      domain: values.domain,
      headers: token === undefined ? {} : { "flyte-authorization": `Bearer ${token}` },
    },
    Number(values.port),
  );
  const hash =
    values["base-url"] === undefined
      ? `#${sampleRun.project}/${sampleRun.domain}/${sampleRun.name}`
      : "";
  console.log(`The dashboard is at ${page.url}${hash} and reads from ${baseUrl}. Ctrl+C ends it.`);
}

async function serverInMemory(): Promise<string> {
  // Filled with runs of the past, it then continues with the present. Its times never go back.
  let pretended: Date | undefined = new Date(0);
  const flyte = new InMemoryFlyteAdmin({
    projects: [sampleRun.project],
    now: () => pretended ?? new Date(),
  });
  await addSampleRuns(flyte, new Date(), (moment) => {
    pretended = moment;
  });
  return (await flyte.listen()).httpUrl;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
