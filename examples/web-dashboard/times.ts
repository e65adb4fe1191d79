import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";

/** When something began and ended, in milliseconds since the epoch. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** It still runs: `end` is now. */
  readonly isOpen: boolean;
  /** `false` where it ended or waits without ever having run. */
  readonly hasStarted: boolean;
}

/** The times in the closure of an execution, a node or an attempt. */
export interface ClosureTimes {
  readonly createdAt?: Timestamp | undefined;
  readonly startedAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
  readonly duration?: { readonly seconds: bigint; readonly nanos: number } | undefined;
}

/**
 * The span of a closure. FlyteAdmin sets `startedAt` at the first RUNNING event, so what failed
 * before it has none: its span is from `createdAt` to `updatedAt`.
 */
export function spanOf(
  closure: ClosureTimes | undefined,
  hasEnded: boolean,
  nowMs: number = Date.now(),
): Span | undefined {
  const first = closure?.startedAt ?? closure?.createdAt;
  if (first === undefined) return undefined;
  const start = timestampMs(first);
  const hasStarted = closure?.startedAt !== undefined;
  if (!hasEnded) return { start, end: Math.max(start, nowMs), isOpen: true, hasStarted };
  const { seconds = 0n, nanos = 0 } = closure?.duration ?? {};
  const durationMs = Number(seconds) * 1000 + nanos / 1e6;
  const updated = closure?.updatedAt === undefined ? start : timestampMs(closure.updatedAt);
  const end = hasStarted ? start + durationMs : Math.max(start, updated);
  return { start, end, isOpen: false, hasStarted };
}

/** The latest moment that a closure knows of. */
export function lastEventMs(closure: ClosureTimes | undefined, hasEnded: boolean): number {
  const { createdAt, startedAt, updatedAt } = closure ?? {};
  const known = [startedAt ?? createdAt, updatedAt].flatMap((time) =>
    time === undefined ? [] : [timestampMs(time)],
  );
  const span = hasEnded ? spanOf(closure, true) : undefined;
  return Math.max(-Infinity, ...known, span?.end ?? -Infinity);
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const units = [
  ["d", dayMs],
  ["h", hourMs],
  ["min", minuteMs],
  ["s", secondMs],
] as const;

/** A length of time in the two largest units that matter: `18 d 5 h`, `1 h 5 min`, `7.2 s`, `340 ms`. */
export function lengthText(ms: number): string {
  if (ms < secondMs) return `${Math.round(ms)} ms`;
  if (ms < 9.95 * secondMs) return `${Number((ms / secondMs).toFixed(1))} s`;
  // Rounded to the smaller of the two units first, so that 59.9 s never reads "60 s".
  for (const [at, [, unitMs]] of units.entries()) {
    const next = units[at + 1]?.[1] ?? unitMs;
    const rounded = Math.round(ms / next) * next;
    if (rounded >= unitMs) return twoUnits(rounded, at);
  }
  return `${Math.round(ms / secondMs)} s`;
}

function twoUnits(ms: number, at: number): string {
  const parts = units.slice(at, at + 2).map(([unit, unitMs], index) => {
    const above = index === 0 ? Infinity : (units[at]?.[1] ?? Infinity);
    return [Math.floor((ms % above) / unitMs), unit] as const;
  });
  return parts
    .filter(([count], index) => index === 0 || count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** An offset on an axis, exact to the millisecond: `90 s` is `1 min 30 s`, the rest a clock: `12 d 03:04:05`. */
export function offsetText(ms: number): string {
  if (ms === 0) return "0";
  if (ms < secondMs) return `${Number(ms.toFixed(3))} ms`;
  const used = units.filter(([, unitMs], at) => {
    const above = units[at - 1]?.[1] ?? Infinity;
    return Math.floor((ms % above) / unitMs) > 0;
  });
  const first = units.findIndex((unit) => unit === used[0]);
  if (ms % secondMs === 0 && used.length <= 2 && ms % (units[first + 1]?.[1] ?? secondMs) === 0) {
    return twoUnits(ms, first);
  }
  if (ms < minuteMs) return `${Number((ms / secondMs).toFixed(3))} s`;
  const days = Math.floor(ms / dayMs);
  const clock = [Math.floor((ms % dayMs) / hourMs), Math.floor((ms % hourMs) / minuteMs)]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
  const seconds = Number(((ms % minuteMs) / secondMs).toFixed(3));
  const [whole = "0", part] = String(seconds).split(".");
  const tail = `:${whole.padStart(2, "0")}${part === undefined ? "" : `.${part}`}`;
  return `${days === 0 ? "" : `${days} d `}${clock}${tail}`;
}

/** A moment in the reader's own time zone and language; with the year where it is not this one. */
export function momentText(ms: number, nowMs: number = Date.now()): string {
  const moment = new Date(ms);
  const isThisYear = moment.getFullYear() === new Date(nowMs).getFullYear();
  return moment.toLocaleString(undefined, {
    ...(!isThisYear && { year: "numeric" }),
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** A moment to the second, with its year. */
export function fullMomentText(ms: number): string {
  return new Date(ms).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}
