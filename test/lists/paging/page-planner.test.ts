import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import {
  maxRowsInFlight,
  nextPageSize,
  type PageMeasurements,
} from "../../../src/lists/paging/page-planner.js";

const anyMeasurements: fc.Arbitrary<PageMeasurements> = fc.record({
  bytesPerRow: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
  msPerRow: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 10_000, noNaN: true })),
  depth: fc.nat({ max: 2_000_000 }),
});
const anySize = fc.integer({ min: 1, max: 65_535 });
const anyTimeout = fc.option(fc.integer({ min: -1, max: 600_000 }), { nil: undefined });

/** The sizes of pages over a link that does nothing but carry bytes, at the same rate. */
function sizesOver(bytesPerMs: number, bytesPerRow: number, timeoutMs?: number): number[] {
  const measured = { bytesPerRow, msPerRow: bytesPerRow / bytesPerMs, depth: 0 };
  const sizes = [100];
  for (let page = 0; page < 10; page++) {
    sizes.push(nextPageSize(sizes.at(-1) ?? 0, measured, timeoutMs));
  }
  return sizes;
}

describe("The next page", () => {
  it("is a whole number of rows, within 5,000 rows, 1.5 MiB and 30 times the page before it", () => {
    fc.assert(
      fc.property(anySize, anyMeasurements, anyTimeout, (size, measured, timeoutMs) => {
        const next = nextPageSize(size, measured, timeoutMs);
        expect(Number.isInteger(next)).toBe(true);
        expect(next).toBeGreaterThanOrEqual(1);
        expect(next).toBeLessThanOrEqual(Math.min(5000, size * 30));
        if (next > 1) expect(next * (measured.bytesPerRow ?? 0)).toBeLessThanOrEqual(1.5 * 2 ** 20);
      }),
    );
  });

  it("is not made smaller by time alone than by half, nor than the first page", () => {
    fc.assert(
      fc.property(anySize, anyMeasurements, (size, { msPerRow, depth }) => {
        const next = nextPageSize(size, { bytesPerRow: 0, msPerRow, depth });
        expect(next).toBeGreaterThanOrEqual(
          Math.min(2500, size, Math.max(100, Math.floor(size / 2))),
        );
      }),
    );
  });

  it("grows at once where rows come fast, and deep in the list beyond 2,500 rows", () => {
    const fast = { bytesPerRow: 300, msPerRow: 0.05, depth: 100 };
    expect(nextPageSize(100, fast)).toBe(2500);
    expect(nextPageSize(2500, { ...fast, depth: 40_000 })).toBe(5000);
    expect(nextPageSize(2500, { ...fast, bytesPerRow: 1024, depth: 40_000 })).toBe(1536);
  });

  it("takes no longer than a second and a half over a slow link, and less for a short time limit", () => {
    for (const bytesPerMs of [20, 50, 200, 1000]) {
      const most = Math.max(...sizesOver(bytesPerMs, 767));
      expect(most).toBeGreaterThanOrEqual(100);
      if (most > 100) expect((most * 767) / bytesPerMs).toBeLessThanOrEqual(1500);
    }
    const hurried = Math.max(...sizesOver(200, 767, 5000));
    expect((hurried * 767) / 200).toBeLessThanOrEqual(500);
  });

  it("is halved when a link has become far slower, down to the size of the first", () => {
    const measured = { bytesPerRow: 767, msPerRow: 767 / 100, depth: 0 };
    expect(nextPageSize(1000, measured)).toBe(500);
    expect(nextPageSize(500, measured)).toBe(500);
    expect(nextPageSize(150, { ...measured, msPerRow: 100 })).toBe(100);
    expect(nextPageSize(100, { ...measured, msPerRow: 100 })).toBe(100);
  });
});

describe("The rows under way at once", () => {
  it("come within two fifths of the time limit", () => {
    fc.assert(
      fc.property(anyMeasurements, fc.integer({ min: 1, max: 15_000 }), (measured, timeoutMs) => {
        if (measured.msPerRow === 0) return;
        const takesMs = maxRowsInFlight(measured.msPerRow, timeoutMs) * measured.msPerRow;
        expect(takesMs).toBeLessThanOrEqual(timeoutMs * 0.4 + 1e-6);
      }),
    );
    expect(maxRowsInFlight(0)).toBe(Infinity);
  });
});
