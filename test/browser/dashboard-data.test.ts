import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import { seedExecution, seedTree } from "../../src/testing.js";
import { inBrowser, openBrowser } from "./chromium.js";
import {
  ClockedFlyte,
  listIs,
  overflows,
  runIs,
  serveDashboard,
  type ServedDashboard,
} from "./dashboard-page.js";
import {
  addAborted,
  addMilliseconds,
  addMonths,
  addRunning,
  addUnstarted,
} from "./dashboard-states.js";

const scope = "#flytesnacks/development";

inBrowser("the web dashboard on data like a server's, in Chromium", () => {
  const clocked = new ClockedFlyte(["flytesnacks", "crowded", "empty"]);
  const { flyte } = clocked;
  let browser: Browser;
  let page: Page;
  let dashboard: ServedDashboard;
  const closers: (() => Promise<void>)[] = [];
  const failed: string[] = [];

  beforeAll(async () => {
    await addMonths(clocked);
    clocked.setClock(undefined);
    await addUnstarted(clocked);
    await addMilliseconds(clocked);
    await addAborted(clocked);
    await seedTree(flyte, { name: "many-nodes", nodes: 2000, parents: 4 });
    await seedExecution(flyte, { name: "no-nodes", phase: "FAILED" });
    for (let at = 0; at < 501; at++) {
      await seedExecution(flyte, { project: "crowded", name: `e-${at}`, phase: "SUCCEEDED" });
    }
    const server = await flyte.listen();
    browser = await openBrowser();
    dashboard = await serveDashboard(browser, server.httpUrl, failed);
    closers.push(
      () => browser.close(),
      () => server.close(),
      () => dashboard.close(),
    );
    page = await dashboard.open();
  }, 120_000);

  afterAll(async () => {
    for (const close of closers) await close();
  });

  const at = async (hash: string): Promise<void> => {
    await page.goto(dashboard.url + hash);
  };
  const focused = (): Promise<string> =>
    page.evaluate<string>(
      "document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? ''",
    );

  it("reaches attempts that never started, in the timeline, the details and the table", async () => {
    await at(`${scope}/unstarted`);
    await runIs(page, "1 node, 60 attempts, 60 failed");
    const bars = page.locator('[data-node="n0"] .bar');
    expect(await bars.count()).toBeGreaterThan(10);
    await bars.first().click();
    await page.getByRole("button", { name: "Attempt 37, Failed" }).click();
    await page.getByText("image of attempt 37 not found").waitFor();
    expect(await page.innerText("#details .facts")).toMatch(/Took\s+never started/);
    await page.getByRole("tab", { name: "Attempts" }).click();
    await page.getByText("60 of 60 attempts").waitFor();
    expect(await page.locator("#panel-attempts tbody tr").count()).toBe(60);
  });

  it("ends the axis at the last event of a run that hangs for months", async () => {
    await at(`${scope}/months-open`);
    await page.getByText("the axis ends at the last event").waitFor();
    const bars = page.locator('[data-node="n0"] .bar');
    expect(await bars.count()).toBe(3);
    for (const bar of await bars.all()) {
      expect((await bar.boundingBox())?.width ?? 0).toBeGreaterThan(60);
    }
    await page.getByRole("button", { name: "Attempt 1 of n0, Failed, 7 s" }).click();
    await page.getByText("attempt 1 was unlucky").waitFor();
    expect(await page.innerText("#run-summary")).toMatch(/Running for\s+318 d/);
  });

  it("separates attempts of seconds in a run of months, by chips and by zooming in", async () => {
    await at(`${scope}/months-long`);
    await page.getByRole("button", { name: "3 attempts of n0, 2 failed: choose one" }).click();
    await page.getByRole("button", { name: "Attempt 0, Failed" }).click();
    await page.getByText("attempt 0 was unlucky").waitFor();
    await page.getByRole("button", { name: "Zoom to the attempts" }).click();
    await page.getByRole("button", { name: "Attempt 1 of n0, Failed, 7 s" }).click();
    await page.getByText("attempt 1 was unlucky").waitFor();
    const labels = await page.locator(".axis span").allInnerTexts();
    expect(new Set(labels).size).toBe(labels.length);
    await page.getByRole("button", { name: "Show the whole run" }).click();
    await page.getByRole("button", { name: "3 attempts of n0, 2 failed: choose one" }).waitFor();
  });

  it("shows the failures of a node that succeeded in the end", async () => {
    await at(`${scope}/months-long`);
    await page
      .getByRole("button", { name: "n0, Succeeded, 3 attempts, 2 failed", exact: true })
      .waitFor();
    expect(await page.innerText('[data-node="n0"] .counts')).toMatch(/2 failed\s+3/);
  });

  it("writes days, milliseconds and years, and labels that do not collide", async () => {
    await at(`${scope}/milliseconds`);
    await page.getByRole("button", { name: "Attempt 0 of n0, Succeeded, 340 ms" }).waitFor();
    expect(await page.innerText("#run-summary")).toMatch(/Took\s+420 ms/);
    const boxes = await Promise.all(
      (await page.locator(".axis span").all()).map((label) => label.boundingBox()),
    );
    expect(boxes.length).toBeGreaterThan(2);
    for (const [index, box] of boxes.slice(1).entries()) {
      const before = boxes[index];
      expect(box?.x ?? 0).toBeGreaterThan((before?.x ?? 0) + (before?.width ?? 0));
    }
    expect(await page.innerText('[data-name="months-open"]')).toMatch(/3 Mar 2025.*\s318 d/);
  });

  it("links logs on the web, and nothing else", async () => {
    await page.getByRole("button", { name: "Attempt 0 of n0, Succeeded, 340 ms" }).click();
    await page.getByRole("link", { name: "a page" }).waitFor();
    expect(await page.getByRole("link", { name: "a script" }).count()).toBe(0);
    expect(await page.innerText("#details .links")).toContain("javascript:document.title");
  });

  it("shows the reason of an abort", async () => {
    await at(`${scope}/aborted`);
    await page.getByText("wrong day of data").waitFor();
    await page.locator("#run-summary").getByText("Aborted", { exact: false }).first().waitFor();
  });

  it("says why a run has no nodes, and shows its error", async () => {
    await at(`${scope}/no-nodes`);
    await page.getByText("This execution has no nodes").waitFor();
    await page.locator("#run-summary").getByText("USER:ValueError").waitFor();
  });

  it("says what to do about an empty list", async () => {
    await at("#empty/development");
    await page.getByText("Nothing has run in empty / development").waitFor();
    await at(`${scope}?workflow=nothing`);
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await page.getByRole("link", { name: "unstarted" }).waitFor();
  });

  it("says that the list is cut, and continues", async () => {
    await at("#crowded/development");
    await listIs(page, "the first 500");
    expect(await page.innerText('#phases [data-phase="SUCCEEDED"]')).toMatch(/500\+/);
    await page.getByRole("button", { name: "Load 500 more" }).click();
    await listIs(page, "501 executions");
    expect(await page.locator("#executions tr").count()).toBe(501);
  });

  it("draws 2,000 nodes, which one Tab reaches and arrow keys go through", async () => {
    await at(`${scope}/many-nodes`);
    // Some two thousand calls, on whatever machine this is.
    await page
      .locator("#run-status", { hasText: "2000 nodes, 1996 attempts" })
      .waitFor({ timeout: 90_000 });
    await page.locator("#run-status", { hasText: "…" }).waitFor({ state: "detached" });
    expect(await page.locator(".timeline-row").count()).toBe(2000);
    expect(await page.locator('.timeline [tabindex="0"]').count()).toBe(1);
    await page.locator('[data-node="p0"] .name').focus();
    await page.keyboard.press("End");
    expect(await focused()).toBe("p3-0-n1995, Succeeded");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("p3, Succeeded");
    await page.getByRole("tab", { name: "Attempts" }).click();
    await page.getByText("The first 500 of 1996 attempts").waitFor();
  }, 120_000);

  it("follows what runs: its phase, its attempts and the title", async () => {
    const { retry, finish } = await addRunning(clocked);
    await at(`${scope}/going-on`);
    await runIs(page, "1 node, 1 attempt");
    await page.getByText("Live").first().waitFor();
    const badge = page.locator('[data-name="going-on"] .phase');
    await page.getByRole("button", { name: "Refresh" }).click();
    expect(await badge.innerText()).toBe("Running");
    await retry();
    await runIs(page, "1 node, 2 attempts, 1 failed");
    await finish();
    await page.locator('[data-name="going-on"] [data-phase="SUCCEEDED"]').waitFor();
    await page.locator("#run-phase [data-phase=SUCCEEDED]").waitFor();
    await page.waitForFunction("document.title === 'Succeeded · going-on · Flyte'");
  });

  it("shows a new execution without being asked", async () => {
    await at(scope);
    await listIs(page, "Live");
    await seedExecution(flyte, { name: "brand-new" });
    await page.getByRole("link", { name: "brand-new" }).waitFor();
    expect(await page.locator("#executions tr").first().innerText()).toContain("brand-new");
  });

  it("skips to the content without touching the address, in few steps of Tab", async () => {
    const other = await dashboard.open(`${scope}/months-long`);
    await runIs(other, "3 attempts");
    await other.keyboard.press("Tab");
    await other.keyboard.press("Enter");
    expect(await other.evaluate("document.activeElement?.id")).toBe("run-heading");
    expect(new URL(other.url()).hash).toBe(`${scope}/months-long`);
    const steps = await other.evaluate<number>(
      `[...document.querySelectorAll("a[href], button, input, select, [tabindex]")].filter((item) => item.tabIndex >= 0 && !item.disabled && item.checkVisibility()).length`,
    );
    expect(steps).toBeLessThan(30);
    await other.context().close();
  });

  it("shows the list, then the run with a way back, at 400 pixels", async () => {
    const other = await dashboard.open(scope, { viewport: { width: 400, height: 800 } });
    await other.getByRole("link", { name: "months-long" }).click();
    await other.getByRole("heading", { name: "months-long" }).waitFor();
    expect(
      (await other.getByRole("heading", { name: "months-long" }).boundingBox())?.y,
    ).toBeLessThan(200);
    expect(await other.isVisible("#executions")).toBe(false);
    expect(await other.evaluate(overflows)).toBe(false);
    await other
      .getByRole("button", { name: "n0, Succeeded, 3 attempts, 2 failed", exact: true })
      .click();
    await other.getByRole("heading", { name: "Node n0" }).waitFor();
    await other.getByRole("button", { name: "Close" }).click();
    await other.getByRole("tab", { name: "Attempts" }).click();
    await other.getByText("3 of 3 attempts").waitFor();
    const cut = "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)";
    expect(await other.evaluate(`${cut}(document.querySelector("#panel-attempts"))`)).toBe(false);
    await other.getByRole("link", { name: "All executions" }).click();
    expect(await other.isVisible("#executions")).toBe(true);
    expect(await other.evaluate("document.activeElement?.textContent")).toBe("months-long");
    expect(await other.evaluate(overflows)).toBe(false);
    await other.context().close();
  });

  it("has no error that nobody caught", () => {
    expect(failed).toEqual([]);
  });
});
