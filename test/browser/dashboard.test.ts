import { mkdir } from "node:fs/promises";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import { addSampleRuns, sampleRun } from "../../examples/web-dashboard/sample-runs.js";
import { servePage } from "../../examples/web-dashboard/serve.js";
import { chromiumPath, launchChromium } from "../../tools/lib/chromium.mjs";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

const executablePath = chromiumPath();
const inBrowser = executablePath === undefined ? describe.skip : describe;
const now = new Date("2026-01-15T09:30:00Z");
const run = `#${sampleRun.project}/${sampleRun.domain}/${sampleRun.name}`;

inBrowser("the web dashboard, in Chromium", () => {
  let flyte: InMemoryFlyteAdmin;
  let browser: Browser;
  let page: Page;
  let url: string;
  const closers: (() => Promise<void>)[] = [];
  const failed: string[] = [];

  beforeAll(async () => {
    let clock: Date | undefined = now;
    flyte = new InMemoryFlyteAdmin({
      projects: [sampleRun.project],
      now: () => clock ?? now,
    });
    await addSampleRuns(flyte, now, (moment) => {
      clock = moment;
    });
    const server = await flyte.listen();
    const pages = await servePage({
      baseUrl: server.httpUrl,
      project: sampleRun.project,
      domain: sampleRun.domain,
      headers: {},
    });
    closers.push(
      () => server.close(),
      () => pages.close(),
    );
    ({ url } = pages);
    browser = await launchChromium(executablePath ?? "");
    page = await open("light");
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    for (const close of closers) await close();
  });

  async function open(colorScheme: "light" | "dark"): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1360, height: 800 },
      deviceScaleFactor: 1.5,
      colorScheme,
      locale: "en-GB",
      timezoneId: "UTC",
    });
    const opened = await context.newPage();
    opened.on("pageerror", (error) => failed.push(String(error)));
    await opened.clock.setFixedTime(now);
    return opened;
  }

  const text = (selector: string): Promise<string> => page.innerText(selector);

  it("shows the newest executions with their phases, page by page", async () => {
    await page.goto(url);
    await page.getByText("60 in all").waitFor();
    expect(await page.locator("#executions tr").count()).toBe(60);
    expect(await text("#executions tr:first-child")).toMatch(/^RUNNING\s+nightly-20/);
    const pages = flyte.calls.filter(({ rpc }) => rpc === "ListExecutions");
    expect(pages.length).toBeGreaterThanOrEqual(3);
  });

  it("lets the server pick the phase", async () => {
    await page.getByLabel("Phase").selectOption("FAILED");
    await page.waitForFunction("document.querySelectorAll('#executions tr').length < 20");
    await page.getByText(/^\d+ in all$/).waitFor();
    const phases = await page.locator("#executions .phase").allInnerTexts();
    expect(new Set(phases)).toEqual(new Set(["FAILED"]));
    await page.getByLabel("Phase").selectOption("");
    await page.getByText("60 in all").waitFor();
  });

  it("opens an execution by keyboard as a timeline drawn to scale", async () => {
    await page.getByRole("link", { name: sampleRun.name }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("8 nodes, 11 attempts", { exact: true }).waitFor();
    const widthOf = async (name: string): Promise<number> =>
      (await page.getByRole("button", { name }).boundingBox())?.width ?? 0;
    // Three minutes and a minute and six seconds.
    const ratio = (await widthOf("attempt 0 of load")) / (await widthOf("attempt 0 of report"));
    expect(ratio).toBeCloseTo(3 / 1.1, 1);
    expect(await page.locator('tr[aria-current="true"] a').innerText()).toBe(sampleRun.name);
  });

  it("goes from attempt to attempt by arrow keys, and opens an error", async () => {
    await page.getByRole("button", { name: "attempt 0 of clean" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByText("Error SYSTEM:Evicted").waitFor();
    expect(await text("#details pre")).toBe("the node ran out of disk and the pod was evicted");
    expect(await page.evaluate("document.activeElement?.id")).toBe("details-heading");
    await page.keyboard.press("Escape");
    expect(await page.isVisible("#details")).toBe(false);
    expect(await page.evaluate("document.activeElement?.ariaLabel")).toMatch(/attempt 1 of clean/);
  });

  it("opens the outputs of an attempt, and says that one still runs", async () => {
    await page.getByRole("button", { name: "attempt 2 of clean" }).click();
    await page.getByText("Outputs", { exact: true }).waitFor();
    expect((await text("#details pre")).split("\n").sort()).toEqual([
      "dropped = 5327",
      "rows = 1199004",
    ]);
    await page.getByRole("button", { name: "attempt 1 of train" }).click();
    await page.getByText("It still runs").waitFor();
  });

  it("tells an error of the server in its own words", async () => {
    await page.goto(`${url}#flytesnacks/development/nobody`);
    await page.reload();
    await page.getByRole("alert").waitFor();
    expect(await text('[role="alert"]')).toMatch(/GetExecution failed with NOT_FOUND/);
  });

  it.each(["light", "dark"] as const)("has readable text when it is %s", async (scheme) => {
    page = await open(scheme);
    await page.goto(url + run);
    await page.getByText("8 nodes, 11 attempts", { exact: true }).waitFor();
    await page.getByRole("button", { name: "attempt 0 of train" }).click();
    await page.getByText("Error SYSTEM:OOMKilled").waitFor();
    const ratios = await page.evaluate<number[]>(contrasts);
    expect(ratios.length).toBeGreaterThan(100);
    expect(Math.min(...ratios)).toBeGreaterThan(4.5);
    await mkdir(".tmp", { recursive: true });
    // The screenshot in README is taken anew when that is asked for.
    const shots = process.env["UPDATE_SCREENSHOTS"] === undefined ? ".tmp" : "docs";
    const path = scheme === "light" ? `${shots}/dashboard.png` : ".tmp/dashboard-dark.png";
    await page.screenshot({ path });
  });

  it("has no error that nobody caught", () => {
    expect(failed).toEqual([]);
  });
});

/** The contrast of every text with what is behind it, as WCAG reckons it. Runs in the page. */
const contrasts = `[...document.querySelectorAll("body *")]
  .filter((element) => [...element.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== ""))
  .filter((element) => !element.matches("option, select, button:disabled, .skip"))
  .map((element) => {
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    let behind = element;
    while (rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const both = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor];
    const [low, high] = both.map((text) => light(rgb(text))).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  })`;
