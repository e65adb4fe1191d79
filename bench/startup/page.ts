import { chromiumPath, launchChromium, noChromium } from "../../tools/lib/chromium.mjs";
import { serveScript } from "../../tools/lib/loopback.mjs";
import { bundlePage } from "../../tools/lib/page-bundle.mjs";
import { median } from "../contender.js";

const repeats = 9;

const plain = "plain Connect: connect-web, AdminService";
const pages: Readonly<Record<string, string>> = {
  [plain]: `import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { AdminService } from "flyte-admin-client/gen/flyteidl/service/admin_pb";
createClient(AdminService, createGrpcWebTransport({ baseUrl: location.origin + "/first" })).listTaskExecutions({}).catch(() => {});`,
  "flyte-admin-client": `import { AdminClient } from "flyte-admin-client";
new AdminClient({ baseUrl: location.origin + "/first", retry: false }).taskExecutions
  .list({ nodeExecutionId: "p/d/e/n" }).page().catch(() => {});`,
  "flyte-admin-client/functions": `import { connectRest, listTaskExecutions } from "flyte-admin-client/functions";
listTaskExecutions(connectRest({ baseUrl: location.origin + "/first", retry: false }), { nodeExecutionId: "p/d/e/n" })
  .page().catch(() => {});`,
};

/**
 * Measures how long a page takes in Chromium from the request for its script to its first call, beside plain Connect
 * over gRPC-Web with the same messages. Each turn has a profile of its own, so that no script is compiled before.
 */
export async function measurePageStart(): Promise<void> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    console.log(`\nA page's first call was not measured: ${noChromium}`);
    return;
  }
  const scripts = new Map<string, Uint8Array>();
  for (const [name, contents] of Object.entries(pages)) {
    scripts.set(
      name,
      await bundlePage({ stdin: { contents, resolveDir: process.cwd() }, minify: true }),
    );
  }
  const took = new Map<string, number[]>([...scripts.keys()].map((name) => [name, []]));
  for (let turn = -1; turn < repeats; turn++) {
    for (const [name, script] of scripts) {
      const ms = await firstCallMs(executablePath, script);
      if (turn >= 0) took.get(name)?.push(ms);
    }
  }
  const base = median(took.get(plain) ?? []);
  console.log(`\n${line(["page", "ms to first call", "× plain", "min kB"])}`);
  for (const [name, ms] of took) {
    const kB = (scripts.get(name)?.byteLength ?? 0) / 1000;
    console.log(line([name, median(ms).toFixed(0), (median(ms) / base).toFixed(2), kB.toFixed(0)]));
  }
}

async function firstCallMs(executablePath: string, script: Uint8Array): Promise<number> {
  let askedAt = 0;
  let onCall: (ms: number) => void = () => undefined;
  const called = new Promise<number>((resolve) => {
    onCall = resolve;
  });
  const server = await serveScript(script, (path) => {
    if (path.startsWith("/first")) onCall(performance.now() - askedAt);
    if (path === "/page.js") askedAt = performance.now();
  });
  const browser = await launchChromium(executablePath);
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    return await called;
  } finally {
    await browser.close();
    await server.close();
  }
}

function line(cells: readonly string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(44) : cell.padStart(18))).join("");
}
