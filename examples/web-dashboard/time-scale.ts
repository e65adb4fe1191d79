import { offsetText } from "./times.js";

/** A stretch of time in milliseconds since the epoch; `end` is after `start`. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
}

/** A thing that is drawn over a stretch of time. */
export interface Drawn {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretch of time that an axis covers. What still runs stretches it to now, but not where the
 * last event is so long ago that all events would lie on each other.
 *
 * @param lastEvent the latest thing that is known to have happened
 * @param nowMs now, or `undefined` where nothing runs
 */
export function axisWindow(
  start: number,
  lastEvent: number,
  nowMs: number | undefined,
): TimeWindow & { readonly isCut: boolean } {
  const known = Math.max(1, lastEvent - start);
  if (nowMs === undefined || nowMs <= lastEvent) {
    return { start, end: start + known, isCut: false };
  }
  // Some room behind the last event shows that what runs continues.
  if (nowMs - lastEvent > 20 * Math.max(known, 60_000)) {
    return { start, end: start + known * 1.08, isCut: true };
  }
  return { start, end: nowMs, isCut: false };
}

/** Zooms a window by a factor below 1 in, above 1 out, around a moment of it, within bounds. */
export function zoomed(
  window: TimeWindow,
  bounds: TimeWindow,
  factor: number,
  around: number = (window.start + window.end) / 2,
): TimeWindow {
  const whole = bounds.end - bounds.start;
  const length = Math.min(
    whole,
    Math.max(Math.min(10, whole), (window.end - window.start) * factor),
  );
  const part = (around - window.start) / (window.end - window.start);
  return within({ start: around - part * length, end: around + (1 - part) * length }, bounds);
}

/** Moves a window by a part of its length, within bounds. */
export function panned(window: TimeWindow, bounds: TimeWindow, part: number): TimeWindow {
  const by = (window.end - window.start) * part;
  return within({ start: window.start + by, end: window.end + by }, bounds);
}

/** A window around things, with some room at both sides. */
export function around({ start, end }: TimeWindow, bounds: TimeWindow): TimeWindow {
  const room = Math.max(5, (end - start) * 0.08);
  return within({ start: start - room, end: end + room }, bounds);
}

function within({ start, end }: TimeWindow, bounds: TimeWindow): TimeWindow {
  const length = Math.min(end - start, bounds.end - bounds.start);
  const first = Math.min(Math.max(start, bounds.start), bounds.end - length);
  return { start: first, end: first + length };
}

const seconds = [1, 2, 5, 10, 15, 30];
const days = [1, 2, 7, 14, 30, 60, 90, 180, 365];
const niceStepsMs = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...seconds.map((count) => count * 1000),
  ...seconds.map((count) => count * 60_000),
  ...[1, 2, 3, 6, 12].map((count) => count * 3_600_000),
  ...days.map((count) => count * 86_400_000),
];

/** A tick of an axis. */
export interface Tick {
  /** Where it is, in pixels from the left. */
  readonly x: number;
  readonly label: string;
}

/**
 * Ticks at round offsets from the beginning of a run, as many as have room for their labels: none
 * collide, and none reach over the edge.
 *
 * @param origin where offsets count from
 * @param textWidth how wide a label is, in pixels
 */
export function ticksOf(
  { start, end }: TimeWindow,
  origin: number,
  widthPx: number,
  textWidth: (text: string) => number = (text) => text.length * 6.6,
): Tick[] {
  const length = end - start;
  const most = Math.max(1, Math.min(8, Math.floor(widthPx / 72)));
  const step =
    niceStepsMs.find((each) => length / each <= most) ??
    Math.ceil(length / most / 86_400_000 / 365) * 86_400_000 * 365;
  const ticks: Tick[] = [];
  let taken = -Infinity;
  for (let at = Math.ceil((start - origin) / step) * step; origin + at <= end; at += step) {
    const x = ((origin + at - start) / length) * widthPx;
    const label = offsetText(at);
    const half = textWidth(label) / 2;
    const left = Math.max(0, x - half);
    if (left < taken + 10 || left + 2 * half > widthPx) continue;
    taken = left + 2 * half;
    ticks.push({ x, label });
  }
  return ticks;
}

/** Things that are so near to each other that they are drawn as one. */
export interface Mark<T extends Drawn> {
  readonly items: readonly T[];
  readonly x: number;
  readonly width: number;
}

/**
 * Places things in a window of a width in pixels. What begins less than `leastPx` behind another
 * one joins it, so that each mark can be seen and hit.
 */
export function marksOf<T extends Drawn>(
  things: readonly T[],
  { start, end }: TimeWindow,
  widthPx: number,
  leastPx: number,
): Mark<T>[] {
  const scale = widthPx / (end - start);
  const marks: { items: T[]; x: number; right: number }[] = [];
  const inside = things
    .filter((thing) => thing.end >= start && thing.start <= end)
    .sort((a, b) => a.start - b.start);
  for (const thing of inside) {
    const x = Math.min(Math.max(0, (thing.start - start) * scale), Math.max(0, widthPx - leastPx));
    const right = Math.min(widthPx, Math.max(x + leastPx, (thing.end - start) * scale));
    const last = marks.at(-1);
    if (last !== undefined && x < last.x + leastPx) {
      last.items.push(thing);
      last.right = Math.max(last.right, right);
    } else {
      marks.push({ items: [thing], x, right });
    }
  }
  // A bar gives way to the next one that begins before it ends.
  return marks.map(({ items, x, right }, at) => {
    const next = marks[at + 1]?.x ?? Infinity;
    return { items, x, width: Math.max(leastPx, Math.min(right, next) - x) };
  });
}
