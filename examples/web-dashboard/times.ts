import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";

/** When something began and ended, in milliseconds; `end` is now for what still runs. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span of a closure. `undefined` before it has begun. */
export function spanOf(
  closure:
    | {
        readonly startedAt?: Timestamp | undefined;
        readonly duration?: { readonly seconds: bigint; readonly nanos: number } | undefined;
      }
    | undefined,
  hasEnded: boolean,
): Span | undefined {
  if (closure?.startedAt === undefined) return undefined;
  const start = timestampMs(closure.startedAt);
  if (!hasEnded) return { start, end: Math.max(start, Date.now()) };
  const { seconds = 0n, nanos = 0 } = closure.duration ?? {};
  return { start, end: start + Number(seconds) * 1000 + nanos / 1e6 };
}

/** A length of time in the two largest units that matter: `1 h 5 min`, `42 s`. */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? "" : ` ${seconds % 60} s`}`;
  const hours = Math.floor(minutes / 60);
  return `${hours} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
}

/** A moment in the reader's own time zone and language. */
export function momentText(ms: number): string {
  return new Date(ms).toLocaleString(undefined, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

const niceStepsMs = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400,
].map((seconds) => seconds * 1000);

/** Round offsets from the start for an axis: at most seven. */
export function ticksOf({ start, end }: Span): number[] {
  const length = Math.max(1, end - start);
  const step = niceStepsMs.find((each) => length / each <= 6) ?? Math.ceil(length / 6);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, at) => at * step);
}
