import { CanceledError, DeadlineExceededError, FlyteError } from "../../errors/index.js";
import { whenAborted } from "../../internal/when-aborted.js";
import type { TransferOptions } from "./options.js";

/** What ends a transfer from outside: the caller's signal, or the time it may take. */
export interface Lifeline {
  /** Aborted with a FlyteError as its reason. */
  readonly signal: AbortSignal;
  /** Lets go of the timer and of the caller's signal. */
  release(): void;
}

/** Joins a caller's signal, the end of the client and a limit of time into one signal. */
export function createLifeline(
  what: string,
  { signal, timeoutMs }: Pick<TransferOptions, "signal" | "timeoutMs">,
  closed?: AbortSignal,
): Lifeline {
  const controller = new AbortController();
  const letGo = whenAborted([signal, closed], (ender) => {
    const reason: unknown = ender.reason;
    const by = ender === closed ? "ended: the client was closed" : "aborted by the caller's signal";
    const canceled = new CanceledError(`${what} was ${by}.`, { cause: reason });
    // The reason of an outer transfer, such as its deadline, stays what it is.
    controller.abort(reason instanceof FlyteError ? reason : canceled);
  });
  const timer =
    timeoutMs === undefined || timeoutMs <= 0
      ? undefined
      : setTimeout(() => {
          controller.abort(
            new DeadlineExceededError(`${what} took longer than timeoutMs (${timeoutMs}).`),
          );
        }, timeoutMs);
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      letGo();
    },
  };
}

/**
 * Waits for some work, but no longer than the signal lives and, where a limit is
 * given, than that many milliseconds: a `fetch` may ignore its signal.
 */
export function waitFor<T>(
  work: Promise<T>,
  signal: AbortSignal,
  limit?: { readonly ms: number; readonly error: () => Error },
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
    const onAbort = (): void => {
      settle();
      reject(abortReason(signal));
    };
    const timer =
      limit === undefined || limit.ms <= 0
        ? undefined
        : setTimeout(() => {
            settle();
            reject(limit.error());
          }, limit.ms);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(
      (value) => {
        settle();
        resolve(value);
      },
      (error: unknown) => {
        settle();
        reject(error instanceof Error ? error : new Error("The work failed."));
      },
    );
    if (signal.aborted) onAbort();
  });
}

/** Waits, unless the signal ends the wait. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return waitFor(elapsed, signal).finally(() => {
    clearTimeout(timer);
  });
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new CanceledError("The transfer was aborted.");
}
