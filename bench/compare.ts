import { type Contender, median, type Sample, sample } from "./contender.js";
import { garbageCollector } from "./memory.js";
import type { Result } from "./report/results.js";
import type { BenchServer } from "./server/start.js";

/** Runs the contenders in turn, and each as often as the others. */
export async function compare(
  contenders: readonly Contender[],
  delayMs: number,
  repeats: number,
  server: BenchServer | undefined,
): Promise<Result[]> {
  const collectGarbage = garbageCollector();
  const samples = new Map<Contender, Sample[]>();
  const loads = new Map<Contender, Result["load"]>();
  // The first turn opens connections and warms the compiler; it does not count.
  for (let turn = -1; turn < repeats; turn++) {
    for (const contender of rotated(contenders, turn)) {
      collectGarbage();
      await server?.takeLoad();
      const one = await sample(contender);
      loads.set(contender, await server?.takeLoad());
      if (turn >= 0) samples.set(contender, [...(samples.get(contender) ?? []), one]);
    }
  }
  const rateOf = (contender: Contender): number =>
    median((samples.get(contender) ?? []).map(({ perSecond }) => perSecond));
  const digests = new Set(
    [...samples.values()].flat().flatMap(({ digest }) => (digest === undefined ? [] : [digest])),
  );
  return contenders.map((contender) => {
    const first = contenders.find(({ group }) => group === contender.group) ?? contender;
    return {
      delayMs,
      group: contender.group,
      name: contender.name,
      perSecond: rateOf(contender),
      ratio: rateOf(contender) / rateOf(first),
      firstMs: median((samples.get(contender) ?? []).map(({ firstMs }) => firstMs)),
      cpuMs: median((samples.get(contender) ?? []).map(({ cpuMs }) => cpuMs)),
      load: loads.get(contender),
      isSame: contender.digestOf === undefined || digests.size === 1,
    };
  });
}

/** The same in an order that begins elsewhere, so that nobody always runs after the same other. */
function rotated<T>(things: readonly T[], by: number): readonly T[] {
  const at = ((by % things.length) + things.length) % things.length;
  return [...things.slice(at), ...things.slice(0, at)];
}
