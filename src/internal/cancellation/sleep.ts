import { abortReason } from "./abort-error.js";
import { type Clock, systemClock } from "./clock.js";
import { onAbort } from "./link-signals.js";

/**
 * Waits. Rejects with the signal's reason when the signal aborts first, and leaves no timer and no
 * listener behind.
 */
export function sleep(
  ms: number,
  signal?: AbortSignal,
  clock: Pick<Clock, "after"> = systemClock,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortReason(signal));
      return;
    }
    const stopTimer = clock.after(ms, () => {
      release();
      resolve();
    });
    const release = onAbort([signal], (source) => {
      stopTimer();
      reject(abortReason(source));
    });
  });
}

/**
 * Settles as the work does, or rejects with the signal's reason when that aborts first: it does not
 * wait for work that ignores the signal, and begins none when the signal has aborted. Leaves no
 * listener behind.
 */
export function abortable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const release = onAbort([signal], (source) => {
      reject(abortReason(source));
    });
    if (signal.aborted) return;
    work().then(
      (value) => {
        release();
        resolve(value);
      },
      (error: unknown) => {
        release();
        // Work that fails since it was aborted fails with an echo of the reason.
        if (signal.aborted) reject(abortReason(signal));
        else reject(error);
      },
    );
  });
}

/** Never resolves; rejects with the signal's reason when that aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return abortable(signal, () => new Promise<never>(() => undefined));
}
