import { createServer } from "node:http";
import { pipeline } from "node:stream/promises";

import { listenOnLoopback } from "../../tools/lib/loopback.mjs";

/** A storage in a process of its own: one object of so many bytes, as fast as it is taken. */
const bytes = Number(process.argv[2]);
const part = Buffer.alloc(64 * 1024, 7);

function* parts(): Generator<Uint8Array> {
  for (let left = bytes; left > 0; left -= part.length) {
    yield left < part.length ? part.subarray(0, left) : part;
  }
}

const server = createServer((_, response) => {
  response.writeHead(200, { "content-length": bytes, etag: '"one"' });
  // Readers may leave early.
  pipeline(parts, response).catch(() => undefined);
});
const { port } = await listenOnLoopback(server);
process.send?.(port);
process.once("disconnect", () => process.exit());
