import { existsSync } from "node:fs";

import { ensureBuilt } from "./build.mjs";
import { runJest } from "./jest.mjs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Where a Chromium is installed, or `undefined`. CHROMIUM_PATH goes first. */
export function chromiumPath() {
  return [process.env["CHROMIUM_PATH"] ?? "", ...usualPlaces].find((path) => existsSync(path));
}

/**
 * Runs the tests under test/browser in a real browser, or skips them where there is none.
 * @returns {Promise<import("./steps.mjs").Counts>}
 */
export async function runBrowserTests() {
  if (chromiumPath() === undefined) {
    console.log(
      "skipped: no Chromium is installed. CHROMIUM_PATH may name one; on Debian, apt-get install chromium.",
    );
  }
  await ensureBuilt();
  return runJest("jest.browser.config.js");
}
