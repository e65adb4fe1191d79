import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import type { PageConfig } from "./config.js";

/** A page server that runs. */
export interface PageServer {
  /** Where the page is, such as `http://127.0.0.1:5173/`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Bundles the dashboard and serves it on loopback.
 *
 * @param port 0 is any free one
 */
export function servePage(config: PageConfig, port = 0): Promise<PageServer> {
  return serveFolder(import.meta.url, ["app.ts", "styles/main.css"], config, port);
}

/**
 * Bundles a page, which is an index.html with an app.js, a styles.css and a config.json, and serves it on loopback.
 *
 * @param folder the URL of a file in it
 */
export async function serveFolder(
  folder: string,
  entryPoints: readonly string[],
  config: object,
  port: number,
): Promise<PageServer> {
  const here = (name: string): string => fileURLToPath(new URL(name, folder));
  const bundle = await build({
    entryPoints: entryPoints.map(here),
    bundle: true,
    outdir: "/",
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const built = (extension: string): Uint8Array =>
    bundle.outputFiles.find(({ path }) => path.endsWith(extension))?.contents ?? new Uint8Array();
  const files: Readonly<Record<string, readonly [type: string, body: string | Uint8Array]>> = {
    "/": ["text/html; charset=utf-8", await readFile(here("index.html"))],
    "/styles.css": ["text/css; charset=utf-8", built(".css")],
    "/app.js": ["text/javascript; charset=utf-8", built(".js")],
    "/config.json": ["application/json", JSON.stringify(config)],
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? "/"];
    response.writeHead(file === undefined ? 404 : 200, {
      "content-type": file?.[0] ?? "text/plain",
      "cache-control": "no-store",
    });
    response.end(file?.[1]);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address of this kind.
  const { port: opened } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${opened}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
