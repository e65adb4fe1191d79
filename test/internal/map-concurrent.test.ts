import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { mapConcurrent } from "../../src/internal/index.js";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

const anyRun = fc.record({
  work: fc.array(fc.nat({ max: 30 }), { maxLength: 60 }),
  concurrency: fc.integer({ min: 1, max: 9 }),
  ordered: fc.boolean(),
});

describe("mapConcurrent, over any items", () => {
  it("returns the result of every item once, in order unless asked otherwise, within its bound", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ work, concurrency, ordered }) => {
        let running = 0;
        let most = 0;
        const results = await collect(
          mapConcurrent(
            work,
            async (length, { index }) => {
              most = Math.max(most, ++running);
              await turns(length);
              running--;
              return index;
            },
            { concurrency, ordered },
          ),
        );
        const all = [...work.keys()];
        expect(ordered ? results : results.sort((a, b) => a - b)).toEqual(all);
        expect(most).toBeLessThanOrEqual(concurrency);
        if (work.length >= concurrency && work.every((length) => length > 20)) {
          expect(most).toBe(concurrency);
        }
      }),
    );
  });

  it("fails with the first error, and in order yields what came before it", async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, fc.nat({ max: 59 }), async (run, failsAt) => {
        fc.pre(failsAt < run.work.length);
        const results: number[] = [];
        const walk = async (): Promise<void> => {
          const map = mapConcurrent(
            run.work,
            async (length, { index }) => {
              await turns(length);
              if (index === failsAt) throw new Error("the item does not exist");
              return index;
            },
            { concurrency: run.concurrency, ordered: run.ordered },
          );
          for await (const result of map) results.push(result);
        };
        await expect(walk()).rejects.toThrow("the item does not exist");
        expect(results).not.toContain(failsAt);
        if (run.ordered) expect(results).toEqual([...run.work.keys()].slice(0, failsAt));
      }),
    );
  });
});

describe("mapConcurrent", () => {
  it("stops pulling when its reader is slow, and closes the source when the reader leaves", async () => {
    let pulled = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<number> {
      try {
        for (;;) yield await Promise.resolve(pulled++);
      } finally {
        closed = true;
      }
    }
    const map = mapConcurrent(endless(), (item) => item, { concurrency: 3 });
    for await (const item of map) {
      await turns(200);
      if (item === 4) break;
    }
    await turns(20);
    expect(pulled).toBeLessThanOrEqual(5 + 3 * 4);
    expect(closed).toBe(true);
  });

  it("ends at once with a CanceledError when its signal fires, though work hangs", async () => {
    const controller = new AbortController();
    const signals: AbortSignal[] = [];
    const hang = (_: number, { signal }: { readonly signal: AbortSignal }) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    };
    const map = mapConcurrent([1, 2, 3], hang, { signal: controller.signal });
    const ended = collect(map);
    await turns(5);
    controller.abort(new Error("enough"));
    await expect(ended).rejects.toMatchObject({ code: "CANCELLED", cause: { message: "enough" } });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    await expect(collect(map)).rejects.toMatchObject({ code: "CANCELLED" });
  });

  it("passes on what its source throws, after the results of the items before", async () => {
    async function* source(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw new Error("the list broke");
    }
    const results: number[] = [];
    const walk = async (): Promise<void> => {
      for await (const item of mapConcurrent(source(), (item) => item)) results.push(item);
    };
    await expect(walk()).rejects.toThrow("the list broke");
    expect(results).toEqual([1]);
  });

  it("refuses a concurrency that is none before it starts", () => {
    for (const concurrency of [0, -1, 1.5, NaN, 1001]) {
      expect(() => mapConcurrent([], (item) => item, { concurrency })).toThrow(
        /concurrency must be an integer from 1 to 1000, got /,
      );
    }
  });
});
