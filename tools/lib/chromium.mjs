import { existsSync } from "node:fs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The advice where no browser is found. */
export const noChromium =
  "no Chromium is installed. CHROMIUM_PATH may name one; on Debian, apt-get install chromium.";

/** Where a Chromium is installed, or `undefined`. CHROMIUM_PATH goes first. */
export function chromiumPath() {
  return [process.env["CHROMIUM_PATH"] ?? "", ...usualPlaces].find((path) => existsSync(path));
}

/**
 * Starts the browser with a fresh profile and nothing in the background.
 * @param {string} executablePath
 * @returns {Promise<import("playwright-core").Browser>}
 */
export async function launchChromium(executablePath) {
  const { chromium } = await import("playwright-core");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
