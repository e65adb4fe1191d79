import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { build } from "esbuild";

import { chromiumPath, launchChromium, noChromium } from "../../tools/lib/chromium.mjs";
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
  for (const [name, program] of Object.entries(pages)) scripts.set(name, await bundle(program));
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

async function bundle(program: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    // The package as it is built, by its own name: not the sources that tsconfig.json names.
    tsconfigRaw: {},
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

async function firstCallMs(executablePath: string, script: Uint8Array): Promise<number> {
  let askedAt = 0;
  let onCall: (ms: number) => void = () => undefined;
  const called = new Promise<number>((resolve) => {
    onCall = resolve;
  });
  const server = createServer(({ url = "" }, response) => {
    if (url.startsWith("/first")) onCall(performance.now() - askedAt);
    if (url === "/page.js") askedAt = performance.now();
    response.writeHead(200, {
      "content-type": url === "/page.js" ? "text/javascript" : "text/html",
    });
    response.end(
      url === "/page.js"
        ? script
        : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launchChromium(executablePath);
  try {
    const page = await browser.newPage();
    // A server that listens on a port has an address of this kind.
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await called;
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

function line(cells: readonly string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(44) : cell.padStart(18))).join("");
}
