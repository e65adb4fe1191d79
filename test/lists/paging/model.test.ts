import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import type { ListOptions } from "../../../src/lists/paging/index.js";
import { createPagedList } from "../../../src/lists/paging/index.js";
import { FakeSource, settle, type FakeBehaviour } from "./fake-source.js";

const anyOptions = fc.record(
  {
    pageSize: fc.integer({ min: 1, max: 60 }),
    limit: fc.integer({ min: 1, max: 600 }),
    token: fc.nat({ max: 450 }).map(String),
    readAhead: fc.oneof(
      fc.constant(false as const),
      fc.constant("auto" as const),
      fc.nat({ max: 12 }),
    ),
  },
  { requiredKeys: [] },
);

const anyBehaviour = fc.record(
  {
    rowCount: fc.nat({ max: 500 }),
    tokenFor: fc.constantFrom(String, (offset: number) => `page-${offset}`),
    mostRows: fc.integer({ min: 1, max: 80 }),
    mostRowsFrom: fc.nat({ max: 300 }),
    tooLargeAbove: fc.integer({ min: 1, max: 80 }),
    failsAtRow: fc.nat({ max: 600 }),
    turns: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
    byteLengthOf: fc.constantFrom(
      () => 100,
      () => 50_000,
      (row: { id: number }) => row.id * 100,
    ),
    memory: fc
      .record({
        rows: fc.nat({ max: 700 }),
        bytesPerRow: fc.constantFrom(undefined, 100, 50_000),
        msPerRow: fc.constantFrom(0, 0.05, 20),
        roundTripMs: fc.constantFrom(undefined, 0, 100),
      })
      .map((known) => ({ known })),
  },
  { requiredKeys: ["rowCount"] },
);

/** Returns the rows of a walk that asks for one page after another. */
async function sequentialWalk(
  behaviour: FakeBehaviour,
  options: ListOptions,
): Promise<{ readonly ids: number[]; readonly failed: boolean }> {
  const source = new FakeSource({ ...behaviour, turns: [1] });
  const ids: number[] = [];
  let token = options.token ?? "";
  let size = options.pageSize ?? 100;
  const limit = options.limit ?? Infinity;
  while (ids.length < limit) {
    const asked = Math.min(size, limit - ids.length);
    try {
      const page = await source.fetch({ token, limit: asked, signal: undefined });
      ids.push(...page.items.map(({ id }) => id));
      if (page.items.length === 0 || page.token === "") return { ids, failed: false };
      token = page.token;
    } catch (error) {
      if (!String(error).includes("larger than max") || asked === 1) return { ids, failed: true };
      size = Math.floor(asked / 2);
    }
  }
  return { ids, failed: false };
}

describe("A walk with any options, over any source", () => {
  it("returns the rows of the sequential walk, in order, and fails where that one fails", async () => {
    await fc.assert(
      fc.asyncProperty(anyBehaviour, anyOptions, async (behaviour, options) => {
        // Where pages grow, a failure takes more rows along than it does for the sequential walk.
        fc.pre(behaviour.failsAtRow === undefined || options.pageSize !== undefined);
        const expected = await sequentialWalk(behaviour, options);
        const ids: number[] = [];
        let failed = false;
        try {
          for await (const row of createPagedList(new FakeSource(behaviour), options)) {
            ids.push(row.id);
          }
        } catch (error) {
          failed = true;
          expect(String(error)).toContain("the row does not exist");
        }
        expect({ ids, failed }).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it("asks for no row beyond the limit, and for no more pages at once than it may", async () => {
    await fc.assert(
      fc.asyncProperty(anyBehaviour, anyOptions, async (behaviour, options) => {
        const source = new FakeSource({ ...behaviour, failsAtRow: Infinity });
        await createPagedList(source, options).toArray({ limit: 10_000 });
        const start = Number(options.token ?? 0);
        const { limit = Infinity, readAhead = "auto" } = options;
        for (const request of source.requests) {
          expect(request.offset + request.limit - start).toBeLessThanOrEqual(limit);
          expect(request.limit).toBeLessThanOrEqual(options.pageSize ?? 5000);
        }
        const most = readAhead === "auto" ? 8 : readAhead === false ? 0 : readAhead;
        expect(source.mostInFlight).toBeLessThanOrEqual(Math.max(1, most));
        const isRemembered = behaviour.memory !== undefined;
        if (behaviour.tokenFor?.(0) === "page-0") {
          if (isRemembered) expect(source.mostInFlight).toBeLessThanOrEqual(2);
          else expect(source.mostInFlight).toBe(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("continues where it stopped, from the last token, whatever was cut or left out", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 500 }),
        fc.integer({ min: 1, max: 7 }),
        anyOptions,
        async (rowCount, every, options) => {
          const source = new FakeSource({ rowCount, keep: ({ id }) => id % every === 0 });
          const ids: number[] = [];
          let token: string | undefined = options.token;
          do {
            let given = 0;
            let nextToken: string | undefined;
            for await (const page of createPagedList(source, {
              ...options,
              ...(token !== undefined && { token }),
            }).pages()) {
              given += page.items.length;
              ids.push(...page.items.map(({ id }) => id));
              nextToken = page.nextToken;
            }
            expect(given).toBeLessThanOrEqual(options.limit ?? Infinity);
            token = nextToken;
          } while (token !== undefined);
          const start = Number(options.token ?? 0);
          const all = Array.from({ length: Math.max(0, rowCount - start) }, (_, i) => start + i);
          expect(ids).toEqual(all.filter((id) => id % every === 0));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("stops every request when its reader stops", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyBehaviour,
        anyOptions,
        fc.integer({ min: 1, max: 300 }),
        async (behaviour, options, stopAfter) => {
          const source = new FakeSource({ ...behaviour, failsAtRow: Infinity });
          let taken = 0;
          for await (const row of createPagedList(source, options)) {
            expect(row.id).toBe(Number(options.token ?? 0) + taken);
            taken += 1;
            if (taken === stopAfter) break;
          }
          expect(source.inFlight).toEqual([]);
          const asked = source.requests.length;
          await settle();
          expect(source.requests).toHaveLength(asked);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("asks in vain for no more pages than it may ask for ahead", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 900 }), anyOptions, async (rowCount, options) => {
        const source = new FakeSource({ rowCount });
        await createPagedList(source, options).toArray({ limit: 10_000 });
        const end = Math.min(rowCount, Number(options.token ?? 0) + (options.limit ?? Infinity));
        const inVain = source.requests.filter(({ offset }) => offset > end).length;
        const { readAhead = "auto" } = options;
        const window = readAhead === "auto" ? 8 : readAhead === false ? 0 : readAhead;
        expect(inVain).toBeLessThanOrEqual(options.token === undefined ? window : window + 1);
        const [first] = source.requests;
        if (first !== undefined && rowCount - first.offset < first.limit) {
          expect(source.requests).toHaveLength(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});
