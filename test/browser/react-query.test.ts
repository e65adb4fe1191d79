import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import { AdminClient } from "../../src/index.js";
import { InMemoryFlyteAdmin, seedExecution, seedTree } from "../../src/testing.js";
import { type LoopbackServer, serveFiles } from "../../tools/lib/loopback.mjs";
import { inBrowser, openBrowser } from "./chromium.js";

const scope = { project: "flytesnacks", domain: "development" };

/** Builds the example with Vite, as its users would, and serves the result. */
async function serveExample(folder: string): Promise<LoopbackServer> {
  const vite = "node_modules/vite/bin/vite.js";
  const flags = ["--outDir", folder, "--emptyOutDir", "--logLevel", "error"];
  await promisify(execFile)(process.execPath, [vite, "build", "examples/react-query", ...flags]);
  return serveFiles(folder);
}

inBrowser("the example in React with TanStack Query, in Chromium", () => {
  const flyte = new InMemoryFlyteAdmin({ projects: ["flytesnacks"] });
  const admin = new AdminClient({ transport: flyte.transport(), defaults: scope });
  const failed: string[] = [];
  const closers: (() => unknown)[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await seedTree(flyte, { ...scope, name: "tree", nodes: 3 });
    await seedExecution(flyte, { ...scope, name: "second", phase: "RUNNING" });
    await seedExecution(flyte, { ...scope, name: "third", phase: "SUCCEEDED" });
    const folder = await mkdtemp(join(tmpdir(), "react-query-"));
    closers.push(() => rm(folder, { recursive: true }));
    const example = await serveExample(folder);
    closers.push(() => example.close());
    const server = await flyte.listen();
    closers.push(() => server.close());
    browser = await openBrowser();
    closers.push(() => browser.close());
    page = await browser.newPage();
    page.on("pageerror", (error) => failed.push(String(error)));
    page.setDefaultTimeout(20_000);
    await page.goto(`${example.url}/?server=${encodeURIComponent(server.httpUrl)}`);
  }, 120_000);

  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  const live = (text: string) =>
    page.getByRole("region", { name: "Live" }).getByRole("listitem").filter({ hasText: text });

  it("shows an execution that is launched, and that it changes, without a reload", async () => {
    await live("second RUNNING").waitFor();
    await seedExecution(flyte, { ...scope, name: "launched", phase: "RUNNING" });
    await live("launched RUNNING").waitFor();
    await admin.executions.archive({ name: "third" });
    await live("third").waitFor({ state: "detached" });
  }, 60_000);

  it("survives an outage of the server, and says so meanwhile", async () => {
    flyte.faults.add({ rpc: "ListExecutions", code: "UNAVAILABLE" });
    await page.getByText("The server does not answer").waitFor({ timeout: 60_000 });
    flyte.faults.clear();
    await page.getByText("The server does not answer").waitFor({
      state: "detached",
      timeout: 60_000,
    });
  }, 150_000);

  it("reads all executions page by page", async () => {
    const all = page.getByRole("region", { name: "All" });
    await all.getByRole("listitem").nth(1).waitFor();
    await all.getByRole("button", { name: "More" }).click();
    await all.getByRole("button", { name: "More" }).waitFor({ state: "detached" });
    await all.getByText("tree").waitFor();
  }, 60_000);

  it("shows the nodes of an execution, and reads it again when a button has stopped it", async () => {
    await page.getByRole("button", { name: "second" }).click();
    const details = page.getByRole("region", { name: "Details" });
    await details.getByText("second RUNNING").waitFor();
    await details.getByRole("button", { name: "Stop" }).click();
    await details.getByText("second ABORTING").waitFor();
    await page.getByRole("button", { name: "tree" }).click();
    await details
      .getByText(/attempts/)
      .first()
      .waitFor();
  }, 60_000);

  it("shows what it knows at once when a list that was hidden is watched again", async () => {
    await page.getByLabel("Watch").uncheck();
    await page.getByRole("region", { name: "Live" }).waitFor({ state: "detached" });
    flyte.faults.add({ rpc: "ListExecutions", hang: true });
    await page.getByLabel("Watch").check();
    await live("launched RUNNING").waitFor();
    flyte.faults.clear();
    expect(failed).toEqual([]);
  }, 60_000);
});
