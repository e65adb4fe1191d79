import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { saveToFile } from "../../src/node/files/index.js";
import { fetchSignedUrl } from "../../src/data/signed-urls/index.js";

/** The cost of reading an object, in a process of its own. */
export interface ReadCost {
  readonly bytes: number;
  readonly seconds: number;
  /** By how much the process grew at most, in bytes. */
  readonly rssGrowth: number;
}

type Way = (url: string, tell: (bytes: number) => void) => Promise<void>;

/** The ways to read an object that is larger than memory. */
export const ways: Readonly<Record<string, Way>> = {
  "for await": async (url, tell) => {
    for await (const part of fetchSignedUrl(url)) tell(part.length);
  },
  "toReadableStream()": async (url, tell) => {
    const sink = new WritableStream<Uint8Array>({
      write: (part) => {
        tell(part.length);
      },
    });
    await fetchSignedUrl(url).toReadableStream().pipeTo(sink);
  },
  "saveToFile()": async (url, tell) => {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    let before = 0;
    const onProgress = ({ done }: { done: number }): void => {
      tell(done - before);
      before = done;
    };
    try {
      await saveToFile(fetchSignedUrl(url, { onProgress }), join(folder, "object"));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  "a plain fetch": async (url, tell) => {
    const reader = (await fetch(url)).body?.getReader();
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      tell(next.value.length);
    }
  },
};

async function measure(url: string, way: Way): Promise<ReadCost> {
  // What is loaded at the first request is no growth.
  for await (const part of fetchSignedUrl(url)) if (part.length > 0) break;
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const startedAt = performance.now();
  let bytes = 0;
  let peak = before;
  let parts = 0;
  await way(url, (length) => {
    bytes += length;
    parts += 1;
    if (parts % 16 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  });
  return { bytes, seconds: (performance.now() - startedAt) / 1000, rssGrowth: peak - before };
}

const [, , url, name] = process.argv;
const way = name === undefined ? undefined : ways[name];
if (url !== undefined && way !== undefined && process.send !== undefined) {
  process.send(await measure(url, way));
  process.disconnect();
}
