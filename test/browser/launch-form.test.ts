import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import { addSamplePlan, samplePlan } from "../../examples/launch-form/sample-plan.js";
import { serveLaunchForm } from "../../examples/launch-form/serve.js";
import { AdminClient, literalsToJson } from "../../src/index.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";
import { inBrowser, openBrowser } from "./chromium.js";

const { project, domain, name } = samplePlan;

inBrowser("the launch form, in Chromium", () => {
  const flyte = new InMemoryFlyteAdmin({ projects: [project] });
  const admin = new AdminClient({ transport: flyte.transport(), defaults: { project, domain } });
  const closers: (() => Promise<void>)[] = [];
  const failed: string[] = [];
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    await addSamplePlan(flyte);
    const server = await flyte.listen();
    const served = await serveLaunchForm({
      baseUrl: server.httpUrl,
      project,
      domain,
      launchPlan: name,
    });
    ({ url } = served);
    browser = await openBrowser();
    closers.push(
      () => browser.close(),
      () => server.close(),
      () => served.close(),
    );
  }, 120_000);

  afterAll(async () => {
    for (const close of closers) await close();
  });

  async function openForm(): Promise<Page> {
    const page = await browser.newPage();
    page.on("pageerror", (error) => failed.push(String(error)));
    page.setDefaultTimeout(20_000);
    await page.goto(url);
    await page.waitForSelector("#root_epochs");
    return page;
  }

  it("shows a field for each input, with descriptions and defaults", async () => {
    const page = await openForm();
    expect(await page.innerText("form")).toContain("Passes over the data.");
    expect(await page.inputValue("#root_epochs")).toBe("");
    expect(await page.locator("#root_mode option:checked").innerText()).toBe("fast");
    expect(await page.inputValue("#root_config_learning_rate")).toBe("0.1");
    expect(await page.inputValue("#root_config_layers_1")).toBe("32");
    expect(await page.inputValue("#root_tags_0")).toBe("nightly");
    await page.close();
  }, 60_000);

  it("says at the field what is missing, and launches nothing", async () => {
    const page = await openForm();
    await page.click("button[type=submit]");
    await page.waitForSelector("#root_epochs__error");
    expect(await page.innerText("#root_epochs__error")).toMatch(/required/);
    expect(flyte.calls.filter(({ rpc }) => rpc === "CreateExecution")).toEqual([]);
    await page.close();
  }, 60_000);

  it("launches the workflow with what was filled in, and the defaults of the rest", async () => {
    const page = await openForm();
    await page.fill("#root_epochs", "3");
    await page.fill("#root_data_uri", "s3://bucket/data.csv");
    await page.selectOption("#root_mode", { label: "exact" });
    await page.fill("#root_note", "from a form");
    await page.fill("#root_config_learning_rate", "0.5");
    await page.click("button[type=submit]");
    await page.waitForFunction("document.querySelector('#status').textContent !== ''");
    const [, launched = ""] = /^Launched (\S+)$/.exec(await page.innerText("#status")) ?? [];
    const inputs = await admin.executions.inputs({ name: launched });
    expect(inputs.kind === "literals" && literalsToJson(inputs.literals)).toEqual({
      epochs: 3,
      data: { kind: "blob", uri: "s3://bucket/data.csv", format: "csv", dimensionality: "SINGLE" },
      mode: "exact",
      since: "2026-01-01T00:00:00Z",
      note: "from a form",
      tags: ["nightly"],
      config: { learning_rate: 0.5, layers: [64, 32] },
    });
    expect(failed).toEqual([]);
    await page.close();
  }, 60_000);
});
