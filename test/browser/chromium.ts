import { describe } from "@jest/globals";
import type { Browser } from "playwright-core";

import { chromiumPath, launchChromium, noChromium } from "../../tools/lib/chromium.mjs";
import { type LoopbackServer, serveScript } from "../../tools/lib/loopback.mjs";
import { bundlePage } from "../../tools/lib/page-bundle.mjs";

const executablePath = chromiumPath();

/** `describe`, which skips its tests where no Chromium is installed. */
export const inBrowser: typeof describe.skip =
  executablePath === undefined ? describe.skip : describe;

/** Starts Chromium with a fresh profile. */
export function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(noChromium);
  return launchChromium(executablePath);
}

/** An origin with an empty page that loads a bundle of test/browser/page.ts. */
export async function servePage(): Promise<LoopbackServer> {
  return serveScript(await bundlePage({ entryPoints: ["test/browser/page.ts"] }));
}
