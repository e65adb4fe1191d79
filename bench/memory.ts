import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Memory in use is looked at once in so many pages: a collection takes as long as some pages do. */
const pagesPerLook = 20;
const mebibyte = 2 ** 20;

/** The growth of this process's memory over a walk since its first page, in MiB. */
export interface MemoryGrowth {
  readonly rows: number;
  readonly perSecond: number;
  /** Objects and buffers that were in use, after a collection. */
  readonly inUseMib: number;
  /** Resident memory, with garbage that waits to be collected. */
  readonly residentMib: number;
}

/** Makes a function that collects garbage, as the flag of Node would. */
export function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  // What the flag adds to every context.
  return runInNewContext("gc") as () => void;
}

/** Walks over pages and looks at the memory on the way. */
export async function memoryGrowth(
  pages: AsyncIterable<readonly unknown[]>,
): Promise<MemoryGrowth> {
  const collectGarbage = garbageCollector();
  const startedAt = performance.now();
  const inUse = new Growth();
  const resident = new Growth();
  let rows = 0;
  let count = 0;
  for await (const page of pages) {
    rows += page.length;
    if (count > 0) resident.see(process.memoryUsage.rss());
    if (count++ % pagesPerLook !== 0) continue;
    collectGarbage();
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
    inUse.see(heapUsed + arrayBuffers);
    resident.see(rss);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    rows,
    perSecond: rows / seconds,
    inUseMib: inUse.mib,
    residentMib: resident.mib,
  };
}

/** By how much a number of bytes grew at most over the first that was seen. */
class Growth {
  #first: number | undefined;
  #most = 0;

  get mib(): number {
    return Math.round((this.#most - (this.#first ?? this.#most)) / mebibyte);
  }

  see(bytes: number): void {
    this.#first ??= bytes;
    this.#most = Math.max(this.#most, bytes);
  }
}
