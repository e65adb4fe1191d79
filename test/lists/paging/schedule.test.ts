import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { createPagedList, type ListOptions } from "../../../src/lists/paging/index.js";
import { measured, ModelledServer, type ServerModel } from "./modelled-server.js";

/** Measures a walk in the time of a modelled server. */
async function walked(
  model: Partial<ServerModel>,
  options: ListOptions = {},
  memory?: ModelledServer["memory"],
) {
  const server = new ModelledServer({ ...measured, ...model }, memory);
  let firstMs = -1;
  const ids: number[] = [];
  const tookMs = await server.time.run(
    (async () => {
      for await (const { id } of createPagedList(server, options, server.time.now)) {
        if (ids.push(id) === 1) firstMs = server.time.now();
      }
    })(),
  );
  const { rowCount } = { ...measured, ...model };
  expect(ids.length).toBe(rowCount);
  expect(ids.findIndex((id, index) => id !== index)).toBe(-1);
  const longestMs = Math.max(...server.pages.map((page) => page.arrivedAt - page.askedAt));
  const { pages, requests, memory: remembered } = server;
  const inVain = requests.filter(
    ({ offset, limit }) => offset > rowCount || (offset === rowCount && limit === 1),
  ).length;
  return { tookMs, firstMs, longestMs, inVain, pages, requests, memory: remembered };
}

/** Measures the loop by hand that knows the length, and when the plain loop has its first row. */
async function loopsBehind(roundTripMs: number) {
  const plain = await walked({ roundTripMs, rowCount: 2000 }, { pageSize: 100, readAhead: false });
  const byHand = new ModelledServer({ ...measured, roundTripMs });
  const byHandMs = await byHand.time.run(byHand.readByHand());
  return { byHandMs, plainFirstMs: plain.firstMs };
}

describe("A list over a fast link", () => {
  it.each([
    [0, 1.1],
    [20, 1],
    [50, 0.93],
    [100, 0.87],
  ])(
    "reaches, behind %i ms, %d of the rate of a loop by hand that knows the length",
    async (roundTripMs, leastRatio) => {
      const { tookMs, firstMs, inVain } = await walked({ roundTripMs });
      const loops = await loopsBehind(roundTripMs);
      expect(loops.byHandMs / tookMs).toBeGreaterThan(leastRatio);
      expect(firstMs).toBeLessThanOrEqual(loops.plainFirstMs);
      expect(inVain).toBeLessThanOrEqual(5);
    },
  );

  it.each([100, 101, 250, 600, 1000, 1500, 2900, 3200])(
    "asks for no more than one page in vain in a list of %i rows",
    async (rowCount) => {
      for (const roundTripMs of [0, 50, 100]) {
        const { inVain } = await walked({ roundTripMs, rowCount });
        expect(inVain).toBeLessThanOrEqual(1);
      }
    },
  );

  it.each([5000, 10_000, 10_010, 20_000, 40_000])(
    "asks a near server for no more than two pages in vain in a list of %i rows",
    async (rowCount) => {
      const { inVain } = await walked({ rowCount });
      expect(inVain).toBeLessThanOrEqual(2);
    },
  );

  it("asks for no page behind the end once that is known", async () => {
    for (const roundTripMs of [0, 20, 50, 100]) {
      for (const rowCount of [5000, 7500, 10_000, 15_000]) {
        const { pages, requests } = await walked({ roundTripMs, rowCount });
        const ends = pages.filter(({ limit, rows }) => rows < limit && limit > 1);
        const knownAt = Math.min(...ends.map(({ arrivedAt }) => arrivedAt));
        const later = requests.filter(({ askedAt }) => askedAt > knownAt);
        expect(later.filter(({ offset }) => offset > rowCount)).toEqual([]);
      }
    }
  });

  it("asks for nothing in vain where all fits in the first page", async () => {
    const { pages } = await walked({ roundTripMs: 50, rowCount: 99 });
    expect(pages).toHaveLength(1);
  });

  it("grows at once also behind a round trip of a quarter of a second", async () => {
    const { pages } = await walked({ roundTripMs: 250, rowCount: 20_000 });
    const bySize = [...pages].sort((a, b) => a.offset - b.offset).map(({ limit }) => limit);
    expect(bySize[1]).toBeGreaterThanOrEqual(500);
    expect(Math.max(...bySize)).toBeGreaterThanOrEqual(2000);
  });
});

/** Measures a walk over a list that was read before. */
async function walkedAgain(model: Partial<ServerModel>, before: Partial<ServerModel> = model) {
  const { memory } = await walked(before);
  return walked(model, {}, memory);
}

describe("A list that was read before", () => {
  it.each([
    [0, 1.2],
    [20, 1.1],
    [50, 1.05],
    [100, 1.02],
  ])(
    "reaches, behind %i ms, %d of the rate of a loop by hand that knows the length, and asks for nothing in vain",
    async (roundTripMs, leastRatio) => {
      const { tookMs, firstMs, inVain } = await walkedAgain({ roundTripMs });
      const loops = await loopsBehind(roundTripMs);
      expect(loops.byHandMs / tookMs).toBeGreaterThan(leastRatio);
      expect(firstMs).toBeLessThanOrEqual(loops.plainFirstMs);
      expect(inVain).toBe(0);
    },
  );

  it.each([0, 1, 100, 101, 1500, 4999, 5001, 30_000])(
    "is read to its end where it had 5,000 rows before, and has %i now",
    async (rowCount) => {
      for (const roundTripMs of [0, 100]) {
        const { inVain } = await walkedAgain({ roundTripMs, rowCount }, { rowCount: 5000 });
        expect(inVain).toBeLessThanOrEqual(8);
      }
    },
  );

  it("is one request where it had one page before", async () => {
    const { pages } = await walkedAgain({ roundTripMs: 50, rowCount: 99 });
    expect(pages).toHaveLength(1);
  });

  it("is remembered as it was last", async () => {
    const long = await walked({ rowCount: 5000 });
    const short = await walked({ rowCount: 50 }, {}, long.memory);
    const { requests } = await walked({ rowCount: 50 }, {}, short.memory);
    expect(requests).toHaveLength(1);
  });
});

describe("A list over a slow link", () => {
  it("asks for no page that takes long, nor for many that wait for each other, at any rate", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 20, max: 2000, noNaN: true }),
        fc.integer({ min: 0, max: 400 }),
        async (bytesPerMs, roundTripMs) => {
          const { longestMs } = await walked({ bytesPerMs, roundTripMs, rowCount: 3000 });
          const firstMs = (100 * measured.bytesPerRow) / bytesPerMs + roundTripMs;
          // Two thirds of the time limit of a call, or what two of the smallest pages take.
          expect(longestMs).toBeLessThan(Math.max(10_000, 2.5 * firstMs));
        },
      ),
      { numRuns: 20 },
    );
  });

  it("keeps the link busy at 200 kB/s, with pages of a second or two", async () => {
    const { tookMs, pages } = await walked({ bytesPerMs: 200, roundTripMs: 50 });
    expect(tookMs).toBeLessThan(1.05 * ((10_000 * 767) / 200));
    expect(Math.max(...pages.map(({ limit }) => (limit * 767) / 200))).toBeLessThan(2000);
  });

  it("hurries where a call has little time", async () => {
    const options = { timeoutMs: 3000 };
    const { longestMs } = await walked({ bytesPerMs: 200, rowCount: 3000 }, options);
    expect(longestMs).toBeLessThan(2000);
  });
});
