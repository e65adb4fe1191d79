import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { pollIntervalMs } from "../../../src/executions/wait/poll-schedule.js";

/** When an execution is asked for that runs for a time. */
function pollsWithin(ms: number, random: () => number): number[] {
  const times: number[] = [];
  let now = 0;
  while (now < ms) {
    times.push(now);
    now += pollIntervalMs(times.length, now, random());
  }
  return [...times, now];
}

describe("The intervals of polls", () => {
  it("take at most 25 polls for a minute, whatever the jitter, and see the end within 10 seconds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
        (numbers) => {
          let drawn = 0;
          const times = pollsWithin(60_000, () => numbers[drawn++ % numbers.length] ?? 0);
          expect(times.length).toBeLessThanOrEqual(25);
          expect((times.at(-1) ?? Infinity) - 60_000).toBeLessThan(10_000);
        },
      ),
    );
    expect(pollsWithin(60_000, () => 0).length).toBeLessThanOrEqual(25);
  });

  it("begin at half a second, grow, and stay at half a minute at most", () => {
    expect(pollIntervalMs(1, 0, 0.5)).toBe(500);
    expect(pollIntervalMs(2, 500, 0.5)).toBe(625);
    expect(pollIntervalMs(50, 80_000, 0.5)).toBe(5000);
    expect(pollIntervalMs(200, 3_600_000, 0.5)).toBe(30_000);
    expect(pollIntervalMs(1, 0, 0)).not.toBe(pollIntervalMs(1, 0, 0.9));
  });
});
