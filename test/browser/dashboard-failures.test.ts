import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import type { PageConfig } from "../../examples/web-dashboard/config.js";
import { type ListeningServer, seedExecution, seedTree } from "../../src/testing.js";
import { inBrowser, openBrowser } from "./chromium.js";
import {
  ClockedFlyte,
  listIs,
  runIs,
  serveDashboard,
  type ServedDashboard,
} from "./dashboard-page.js";

const scope = "#flytesnacks/development";

inBrowser("the web dashboard on a server that hangs or fails, in Chromium", () => {
  const clocked = new ClockedFlyte();
  const { flyte } = clocked;
  let browser: Browser;
  let server: ListeningServer;
  const closers: (() => Promise<void>)[] = [];
  const failed: string[] = [];

  beforeAll(async () => {
    clocked.setClock(undefined);
    await seedTree(flyte, { name: "fine", nodes: 3, parents: 0 });
    await seedExecution(flyte, { name: "other" });
    server = await flyte.listen();
    browser = await openBrowser();
  }, 60_000);

  beforeEach(() => {
    flyte.faults.clear();
  });

  afterAll(async () => {
    for (const close of closers) await close();
    await browser.close();
    await server.close();
  });

  async function open(
    hash: string,
    config: Partial<PageConfig> = {},
  ): Promise<{ page: Page; dashboard: ServedDashboard }> {
    const dashboard = await serveDashboard(
      browser,
      config.baseUrl ?? server.httpUrl,
      failed,
      config,
    );
    closers.push(() => dashboard.close());
    return { page: await dashboard.open(hash), dashboard };
  }

  it("ignores what is pressed before it has started", async () => {
    const { page, dashboard } = await open("");
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/config.json", async (route) => {
      await held;
      await route.continue();
    });
    await page.reload({ waitUntil: "domcontentloaded" });
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByLabel("Workflow").fill("core");
    await page.getByLabel("Workflow").press("Enter");
    goOn();
    await listIs(page, "2 executions");
    expect(page.url()).toBe(`${dashboard.url}${scope}?workflow=core`);
  });

  it("shows what it waits for, and can be stopped", async () => {
    flyte.faults.add({ rpc: "*", hang: true });
    const { page } = await open(`${scope}/fine`);
    await listIs(page, `Connecting to ${server.httpUrl}`);
    await runIs(page, "Loading");
    expect(await page.locator(".skeleton:visible").count()).toBeGreaterThan(2);
    expect(await page.getByRole("heading", { name: "fine" }).isVisible()).toBe(true);
    await page.getByRole("button", { name: "Stop" }).click();
    await listIs(page, "Stopped");
    await runIs(page, "Stopped");
    expect(await page.getByRole("button", { name: "Stop" }).isDisabled()).toBe(true);
    flyte.faults.clear();
    await page.getByRole("button", { name: "Refresh" }).click();
    await listIs(page, "2 executions");
    await runIs(page, "3 nodes");
  });

  it("can stop a run that still loads when the list is there", async () => {
    flyte.faults.add({ rpc: "ListTaskExecutions", hang: true });
    const { page } = await open(`${scope}/fine`);
    await listIs(page, "2 executions");
    await runIs(page, "node");
    const stop = page.getByRole("button", { name: "Stop" });
    expect(await stop.isEnabled()).toBe(true);
    await stop.click();
    await runIs(page, "stopped");
    expect(await stop.isDisabled()).toBe(true);
  });

  it("says what to do when the server takes too long", async () => {
    flyte.faults.add({ rpc: "ListExecutions", hang: true });
    const { page } = await open(scope, { timeoutMs: 1000 });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/FlyteAdmin took too long.*Narrow the list/s);
    flyte.faults.clear();
    await alert.getByRole("button", { name: "Try again" }).click();
    await listIs(page, "2 executions");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("says what to check when the server cannot be reached", async () => {
    const { page, dashboard } = await open(scope, { baseUrl: "http://127.0.0.1:9" });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(
      /Cannot reach http:\/\/127\.0\.0\.1:9.*healthcheck.*allowedOrigins/s,
    );
    expect(await alert.innerText()).toContain(new URL(dashboard.url).origin);
  });

  it("says how to sign in", async () => {
    flyte.faults.add({ rpc: "*", code: "UNAUTHENTICATED" });
    const { page } = await open(scope);
    await page.getByRole("alert").getByText("FLYTE_TOKEN", { exact: false }).waitFor();
  });

  it("shows the heading of the run that could not be loaded over its error", async () => {
    const { page, dashboard } = await open(`${scope}/fine`);
    await runIs(page, "3 nodes");
    await page.goto(`${dashboard.url}${scope}/nobody`);
    const alert = page.locator("#run").getByRole("alert");
    await alert.waitFor();
    expect(await page.innerText("#run-heading")).toBe("nobody");
    expect(await page.title()).toBe("nobody · Flyte");
    expect(await alert.innerText()).toMatch(/Not found.*GetExecution failed with NOT_FOUND/s);
    expect(await page.locator("#run-phase").innerText()).toBe("");
    expect(await page.locator(".timeline").isVisible()).toBe(false);
  });

  it("keeps what it shows when a refresh fails, and continues when it works again", async () => {
    await seedExecution(flyte, { name: "shaky" });
    const { page } = await open(`${scope}/shaky`);
    await runIs(page, "0 nodes");
    flyte.faults.add({ rpc: "ListNodeExecutions", code: "INTERNAL" });
    await runIs(page, "refresh failed, trying again");
    expect(await page.getByRole("alert").count()).toBe(0);
    flyte.faults.clear();
    await page.locator("#run-status", { hasText: "refresh failed" }).waitFor({ state: "detached" });
  });

  it("has no error that nobody caught", () => {
    expect(failed).toEqual([]);
  });
});
