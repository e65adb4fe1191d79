import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";

import { type LoopbackServer, serveFiles } from "../../tools/lib/loopback.mjs";
import { siteFolder } from "../../tools/lib/site.mjs";
import { inBrowser, openBrowser } from "./chromium.js";

inBrowser("the site of the docs, in Chromium", () => {
  let server: LoopbackServer;
  let browser: Browser;
  let page: Page;
  let origin: string;
  let paths: readonly string[];
  const failures: string[] = [];

  beforeAll(async () => {
    paths = (await readdir(siteFolder, { recursive: true })).filter(
      (path) => path.endsWith(".html") && path !== "404.html",
    );
    server = await serveFiles(siteFolder);
    origin = server.url;
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on("pageerror", (error) => failures.push(String(error)));
    page.on("response", (response) => {
      if (response.status() >= 400) failures.push(`${response.status()} ${response.url()}`);
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(origin)) failures.push(`left the site: ${request.url()}`);
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  /** The pages outside the reference, which has too many to look at one by one. */
  const written = (): readonly string[] => paths.filter((path) => !path.startsWith("api/"));

  it("has no dead link, here or to a heading", async () => {
    const idsOf = new Map<string, ReadonlySet<string>>();
    const linksOf = new Map<string, readonly string[]>();
    for (const path of paths) {
      const html = await readFile(join(siteFolder, path), "utf8");
      idsOf.set(`/${path}`, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id)));
      linksOf.set(
        `/${path}`,
        [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = ""]) => href),
      );
    }
    const dead: string[] = [];
    for (const [path, links] of linksOf) {
      for (const link of links) {
        if (/^(?:https?|mailto):/.test(link)) continue;
        const { pathname, hash } = new URL(link, `http://site${path}`);
        const target = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
        const ids = idsOf.get(target);
        const isThere =
          ids !== undefined && (hash === "" || ids.has(decodeURIComponent(hash.slice(1))));
        if (!isThere) dead.push(`${path}: ${link}`);
      }
    }
    expect(dead).toEqual([]);
  }, 60_000);

  it("shows every page without an error, and leads from it to the others", async () => {
    for (const path of written()) {
      await page.goto(`${origin}/${path}`);
      await page.waitForSelector("h1");
      expect([path, await page.locator(".VPSidebar a, .VPHero a").count()]).not.toEqual([path, 0]);
    }
    expect(failures).toEqual([]);
  }, 120_000);

  it("finds a page and a heading by their words, without any other server", async () => {
    await page.goto(`${origin}/`);
    await page.keyboard.press("Control+KeyK");
    await page.locator("#localsearch-input").fill("retryAttempt");
    await page.waitForSelector("#localsearch-list li a");
    const found = await page.locator("#localsearch-list li a").first().getAttribute("href");
    expect(found).toMatch(/^\//);
    expect(failures).toEqual([]);
  }, 60_000);

  it("fits a narrow window, and a dark one", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 400, height: 800 });
    const tooWide: string[] = [];
    for (const path of written()) {
      await page.goto(`${origin}/${path}`);
      await page.waitForSelector("h1");
      const width = await page.evaluate<number>("document.documentElement.scrollWidth");
      if (width > 400) tooWide.push(`${path}: ${width}`);
    }
    expect(tooWide).toEqual([]);
    const background = await page.evaluate<string>(
      "getComputedStyle(document.body).backgroundColor",
    );
    expect(background).not.toBe("rgb(255, 255, 255)");
    const folder = join(siteFolder, "..", "site-screenshots");
    await page.goto(`${origin}/`);
    await page.screenshot({ path: join(folder, "narrow-dark.png") });
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.screenshot({ path: join(folder, "light.png") });
    await page.goto(`${origin}/guides/data.html`);
    await page.screenshot({ path: join(folder, "guide.png") });
  }, 120_000);
});
