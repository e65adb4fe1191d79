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
