import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/**
 * A server that listens on loopback.
 * @typedef {object} LoopbackServer
 * @property {number} port
 * @property {string} url such as `http://127.0.0.1:4321`, without a slash at its end
 * @property {() => Promise<void>} close ends its connections too
 */

/**
 * Lets a server listen on 127.0.0.1.
 * @param {import("node:net").Server} server of HTTP, HTTP/2, TLS or plain TCP
 * @param {number} [port] 0 is any free one
 * @returns {Promise<LoopbackServer>}
 */
export async function listenOnLoopback(server, port = 0) {
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket);
    // A peer that resets its connection is no failure of the server.
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve(undefined);
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * Returns a port of loopback where nobody listens.
 * @returns {Promise<number>}
 */
export async function findUnusedPort() {
  const { port, close } = await listenOnLoopback(createServer());
  await close();
  return port;
}

/** @type {Readonly<Record<string, string>>} */
const contentTypes = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves the files of a folder, as any host of files does.
 * @param {string} folder
 * @returns {Promise<LoopbackServer>}
 */
export function serveFiles(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://page").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    readFile(file).then(
      (content) => {
        response.writeHead(200, { "content-type": contentTypes[extname(file)] ?? "text/plain" });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  return listenOnLoopback(server);
}

/**
 * Serves an empty page that loads a script.
 * @param {Uint8Array} script
 * @param {(path: string) => void} [onRequest]
 * @returns {Promise<LoopbackServer>}
 */
export function serveScript(script, onRequest = () => undefined) {
  const page =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';
  const server = createServer(({ url = "/" }, response) => {
    onRequest(url);
    const isScript = url === "/page.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : page);
  });
  return listenOnLoopback(server);
}
