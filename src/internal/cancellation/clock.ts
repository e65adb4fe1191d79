import { abortReason } from "./abort-error.js";
import { onAbort } from "./link-signals.js";

/** The longest delay that a timer of JavaScript holds, about 24.8 days; a longer one fires at once. */
const maxTimerMs = 2_147_483_647;

/** The time, and timers. Tests put their own in its place. */
export interface Clock {
  /** The time in milliseconds, from any beginning. */
  now(): number;
  /**
   * Calls back once after some time. A time beyond about 24.8 days never comes.
   *
   * @returns stops the timer
   */
  after(ms: number, callback: () => void): () => void;
}

/** The clock of the runtime. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    if (ms > maxTimerMs) return () => undefined;
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The clock of waits: the time, timers and random numbers. Tests bring their own. */
export interface WaitingClock extends Clock {
  /** Returns a number from 0 up to 1. */
  random(): number;
}

/** The clock of the runtime. */
export const systemWaitingClock: WaitingClock = { ...systemClock, random: () => Math.random() };

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
export async function abortable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw abortReason(signal);
  const state = { isAborted: false };
  let release = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    release = onAbort([signal], (source) => {
      state.isAborted = true;
      reject(abortReason(source));
    });
  });
  try {
    return await Promise.race([work(), aborted]);
  } catch (error) {
    // Work that fails since it was aborted fails with an echo of the reason.
    throw state.isAborted ? abortReason(signal) : error;
  } finally {
    // Transports hold a call's signal a while longer, and with it would hold the answer.
    release();
  }
}

/** Never resolves; rejects with the signal's reason when that aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return abortable(signal, () => new Promise<never>(() => undefined));
}
