import { describe, expect, it } from "@jest/globals";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";

import {
  axisWindow,
  marksOf,
  panned,
  ticksOf,
  zoomed,
} from "../../examples/web-dashboard/time-scale.js";
import {
  lastEventMs,
  lengthText,
  momentText,
  offsetText,
  spanOf,
} from "../../examples/web-dashboard/times.js";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe("the times of the dashboard", () => {
  it.each([
    [0, "0 ms"],
    [0.4, "0 ms"],
    [340, "340 ms"],
    [999.6, "1000 ms"],
    [1000, "1 s"],
    [7_240, "7.2 s"],
    [59_400, "59 s"],
    [59_999, "1 min"],
    [90_000, "1 min 30 s"],
    [59 * minute + 59.9 * second, "1 h"],
    [hour + 5 * minute, "1 h 5 min"],
    [23 * hour + 59 * minute + 59 * second, "1 d"],
    [7_631 * hour + 57 * minute, "318 d"],
    [200 * day + 3 * hour, "200 d 3 h"],
  ])("writes a length of %d ms as %s", (ms, text) => {
    expect(lengthText(ms)).toBe(text);
  });

  it.each([
    [0, "0"],
    [250, "250 ms"],
    [1500, "1.5 s"],
    [90_000, "1 min 30 s"],
    [2 * hour + 30 * minute, "2 h 30 min"],
    [200 * day, "200 d"],
    [2 * hour + 30 * minute + 5 * second, "02:30:05"],
    [12 * day + 3 * hour + 4 * minute + 5_250, "12 d 03:04:05.25"],
  ])("writes an offset of %d ms as %s, exactly", (ms, text) => {
    expect(offsetText(ms)).toBe(text);
  });

  it("names the year of a moment that is not of this one", () => {
    const now = Date.UTC(2026, 0, 15);
    expect(momentText(Date.UTC(2025, 4, 2, 12), now)).toContain("2025");
    expect(momentText(Date.UTC(2026, 0, 14, 12), now)).not.toContain("2026");
  });

  it("draws what never started as a span from its creation to its last update", () => {
    const closure = { createdAt: timestampFromMs(1000), updatedAt: timestampFromMs(4000) };
    expect(spanOf(closure, true)).toEqual({
      start: 1000,
      end: 4000,
      isOpen: false,
      hasStarted: false,
    });
    expect(spanOf(closure, false, 9000)).toMatchObject({ end: 9000, isOpen: true });
    expect(spanOf({}, true)).toBeUndefined();
  });

  it("takes the end of what ended for its last event", () => {
    const closure = {
      startedAt: timestampFromMs(1000),
      duration: { seconds: 7n, nanos: 500_000_000 },
    };
    expect(lastEventMs(closure, true)).toBe(8500);
    expect(lastEventMs(closure, false)).toBe(1000);
  });
});

describe("the axis of the dashboard", () => {
  it("reaches to now while something runs", () => {
    expect(axisWindow(0, 10 * minute, 15 * minute)).toEqual({
      start: 0,
      end: 15 * minute,
      isCut: false,
    });
  });

  it("ends at the last event where that is months ago", () => {
    const window = axisWindow(0, 5 * minute, 200 * day);
    expect(window.isCut).toBe(true);
    expect(window.end).toBeLessThan(6 * minute);
  });

  it("has a length also where everything happened at once", () => {
    expect(axisWindow(5, 5, undefined)).toEqual({ start: 5, end: 6, isCut: false });
  });

  it.each([3, 340, 7 * second, 26 * minute, 40 * hour, 200 * day, 3000 * day])(
    "has ticks whose labels neither collide nor reach over the edge, over %d ms",
    (length) => {
      for (const width of [120, 180, 460, 900]) {
        const ticks = ticksOf({ start: 0, end: length }, 0, width, (text) => text.length * 7);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks[0]).toEqual({ x: 0, label: "0" });
        let right = -1;
        for (const { x, label } of ticks) {
          const half = (label.length * 7) / 2;
          const left = Math.max(0, x - half);
          expect(left).toBeGreaterThan(right);
          right = left + 2 * half;
          expect(right).toBeLessThanOrEqual(width);
        }
      }
    },
  );

  it("labels ticks deep in a long run so that they differ", () => {
    const start = 150 * day + 3 * hour;
    const labels = ticksOf({ start, end: start + 7 * second }, 0, 800).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThan(2);
  });

  it("zooms around a moment and moves, within its bounds", () => {
    const bounds = { start: 0, end: 1000 };
    expect(zoomed(bounds, bounds, 0.5, 500)).toEqual({ start: 250, end: 750 });
    expect(zoomed({ start: 250, end: 750 }, bounds, 10)).toEqual(bounds);
    expect(zoomed({ start: 0, end: 20 }, bounds, 0.001)).toEqual({ start: 5, end: 15 });
    expect(panned({ start: 250, end: 750 }, bounds, 5)).toEqual({ start: 500, end: 1000 });
    expect(panned({ start: 250, end: 750 }, bounds, -5)).toEqual({ start: 0, end: 500 });
  });

  it("joins what lies on each other into one mark, and separates it when zoomed in", () => {
    const attempts = [0, 7, 14].map((at) => ({ start: at * second, end: (at + 7) * second }));
    const far = marksOf(attempts, { start: 0, end: 200 * day }, 500, 12);
    expect(far).toMatchObject([{ items: attempts, x: 0 }]);
    expect(far[0]?.width).toBeCloseTo(12, 2);
    const near = marksOf(attempts, { start: 0, end: 21 * second }, 500, 12);
    expect(near.map(({ items }) => items.length)).toEqual([1, 1, 1]);
    expect(near.map(({ x }) => Math.round(x))).toEqual([0, 167, 333]);
  });

  it("leaves out what is outside the window, and keeps marks of no length inside it", () => {
    const window = { start: 0, end: 100 };
    expect(marksOf([{ start: 200, end: 300 }], window, 500, 12)).toEqual([]);
    expect(marksOf([{ start: 100, end: 100 }], window, 500, 12)).toMatchObject([
      { x: 488, width: 12 },
    ]);
  });
});
