import { type PageServer, serveFolder } from "../web-dashboard/serve.js";
import type { FormPageConfig } from "./config.js";

/** Bundles the page and serves it on loopback. */
export function serveLaunchForm(config: FormPageConfig, port = 0): Promise<PageServer> {
  return serveFolder(import.meta.url, ["app.ts", "styles.css"], config, port);
}
