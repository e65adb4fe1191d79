import type { CancellationGroup } from "./cancellation-group.js";
import { abortable, type Clock, systemClock } from "./clock.js";
import { linkSignals } from "./link-signals.js";
import { requireTimeLimit } from "../validation/index.js";

/** The end of some work that comes from outside: the signals of others, and a time limit. */
export interface Deadline {
  /** Aborts when one of the signals does or the time is over, with the error as its reason. */
  readonly signal: AbortSignal;
  /**
   * Runs work that ends with the signal, even if the work ignores it. Work whose signal has
   * aborted already is not begun.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Aborts the signal. */
  abort(reason?: unknown): void;
  /** Stops the timer and removes the listeners. Must be called when the work is over. */
  release(): void;
}

/** Options of a {@link Deadline}. */
export interface DeadlineOptions {
  /** The signals that end the work. */
  readonly signals?: readonly (AbortSignal | undefined)[];
  /** The group that the work ends with. */
  readonly group?: CancellationGroup | undefined;
  /** The time limit in milliseconds; `undefined`, 0 and Infinity mean none. */
  readonly timeoutMs: number | undefined;
  /** The error when the time is over. */
  readonly timeoutError: (timeoutMs: number) => Error;
  /** The error when one of the signals has aborted; its reason when left out. */
  readonly abortError?: (source: AbortSignal) => Error;
  /** @defaultValue the runtime's */
  readonly clock?: Pick<Clock, "after">;
}

/**
 * Arms a deadline.
 *
 * @throws InvalidOptionError for a `timeoutMs` that is not a non-negative number
 */
export function createDeadline({
  signals = [],
  group,
  timeoutMs,
  timeoutError,
  abortError,
  clock = systemClock,
}: DeadlineOptions): Deadline {
  const limitMs = requireTimeLimit(timeoutMs);
  const linked = linkSignals(signals, abortError);
  const { signal } = linked;
  const leaveGroup =
    group?.onEnd(() => {
      linked.abort(abortError === undefined ? group.reason : abortError(group.signal));
    }) ?? (() => undefined);
  const stopTimer =
    limitMs === undefined || signal.aborted
      ? () => undefined
      : clock.after(limitMs, () => {
          linked.abort(timeoutError(limitMs));
        });
  return {
    signal,
    run: (work) => abortable(signal, () => work(signal)),
    abort(reason) {
      stopTimer();
      leaveGroup();
      linked.abort(reason);
    },
    release() {
      stopTimer();
      leaveGroup();
      linked.release();
    },
  };
}

/** Runs work under a deadline of its own; see {@link createDeadline}. */
export async function withDeadline<T>(
  options: DeadlineOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = createDeadline(options);
  try {
    return await deadline.run(work);
  } finally {
    deadline.release();
  }
}
