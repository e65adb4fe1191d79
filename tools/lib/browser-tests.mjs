import { ensureBuilt } from "./build.mjs";
import { chromiumPath, noChromium } from "./chromium.mjs";
import { runJest } from "./jest.mjs";
import { ensureSite } from "./site.mjs";

/**
 * Runs the tests under test/browser in a real browser, or skips them where there is none.
 * @returns {Promise<import("./steps.mjs").Counts>}
 */
export async function runBrowserTests() {
  if (chromiumPath() === undefined) console.log(`skipped: ${noChromium}`);
  await ensureBuilt();
  await ensureSite();
  return runJest("jest.browser.config.js");
}
