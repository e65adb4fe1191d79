import type { Message } from "@bufbuild/protobuf";

/** One way to do the work, to be compared with the others. */
export interface Contender {
  readonly name: string;
  /** The group that it is compared within, such as `"gRPC list"`. */
  readonly group: string;
  /** Runs once, and yields the things that came, in chunks. */
  run(): AsyncIterable<readonly Message[]>;
  /** Hashes what came, which must be the same for all of the group. */
  readonly digestOf?: ((things: readonly Message[]) => string) | undefined;
}

/** One run. */
export interface Sample {
  readonly perSecond: number;
  readonly firstMs: number;
  /** The processor time of this process for a thousand items, in milliseconds. */
  readonly cpuMs: number;
  readonly count: number;
  readonly digest: string | undefined;
}

/** Runs a contender once, against the clock. */
export async function sample(contender: Contender): Promise<Sample> {
  const things: Message[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  let firstMs: number | undefined;
  for await (const chunk of contender.run()) {
    if (chunk.length > 0) firstMs ??= performance.now() - startedAt;
    for (const thing of chunk) things.push(thing);
  }
  const tookMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    perSecond: (things.length / tookMs) * 1000,
    firstMs: firstMs ?? tookMs,
    cpuMs: (cpu.user + cpu.system) / things.length,
    count: things.length,
    digest: contender.digestOf?.(things),
  };
}

/** The median of numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
