import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import type { PageConfig } from "../../examples/web-dashboard/config.js";
import { type PageServer, servePage } from "../../examples/web-dashboard/serve.js";
import { InMemoryFlyteAdmin } from "../../src/testing.js";

/** Now, for the server and for the page. */
export const now: Date = new Date("2026-01-15T09:30:00Z");

/** A server with a clock that can be set. */
export class ClockedFlyte {
  readonly flyte: InMemoryFlyteAdmin;
  // The server's times never go back: it starts before everything that it is filled with.
  #moment = new Date("2025-01-01T00:00:00Z");

  constructor(projects: readonly string[] = ["flytesnacks"]) {
    this.flyte = new InMemoryFlyteAdmin({ projects, now: () => this.#moment });
  }

  readonly setClock = (moment: Date | undefined): void => {
    this.#moment = moment ?? now;
  };
}

/** A dashboard over a server, and what it takes to open it in a browser. */
export interface ServedDashboard {
  readonly url: string;
  /** Opens a page at an address, at the fixed time. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Serves the dashboard over a server.
 *
 * @param failed takes the errors that no code of the page caught
 */
export async function serveDashboard(
  browser: Browser,
  baseUrl: string,
  failed: string[],
  config: Partial<PageConfig> = {},
): Promise<ServedDashboard> {
  const served: PageServer = await servePage({
    baseUrl,
    project: "flytesnacks",
    domain: "development",
    headers: {},
    ...config,
  });
  return {
    url: served.url,
    open: async (hash = "", options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 860 },
        locale: "en-GB",
        timezoneId: "UTC",
        ...options,
      });
      const page = await context.newPage();
      page.on("pageerror", (error) => failed.push(String(error)));
      page.setDefaultTimeout(12_000);
      await page.clock.setFixedTime(now);
      await page.goto(served.url + hash);
      return page;
    },
    close: () => served.close(),
  };
}

/** The contrast of every text with what is behind it, as WCAG reckons it. Runs in the page. */
export const contrasts = `[...document.querySelectorAll("body *")]
  .filter((element) => [...element.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== ""))
  .filter((element) => !element.matches("option, select, datalist *, button:disabled, .skip, .visually-hidden"))
  .filter((element) => element.checkVisibility())
  .map((element) => {
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    let behind = element;
    while (rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
    const both = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor];
    const [low, high] = both.map((text) => light(rgb(text))).sort((a, b) => a - b);
    return [(high + 0.05) / (low + 0.05), element.textContent.slice(0, 40)];
  })`;

/** Whether something reaches over the right edge of the page. */
export const overflows = "document.scrollingElement.scrollWidth > innerWidth";

/** Waits until the list says that it is so far. */
export async function listIs(page: Page, text: string): Promise<void> {
  await page.locator("#list-status", { hasText: text }).waitFor();
}

/** Waits until the execution that is open says that it is so far. */
export async function runIs(page: Page, text: string): Promise<void> {
  await page.locator("#run-status", { hasText: text }).waitFor();
}
