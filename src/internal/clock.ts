import { pause } from "./pause.js";

/** The clock of waits; tests bring their own. */
export interface WaitingClock {
  /** The time in milliseconds, from any beginning. */
  now(): number;
  /** Waits, and ends early without an error when the signal aborts. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
  /** Returns a number from 0 up to 1. */
  random(): number;
}

/** Creates a clock of the runtime's time, timers and random numbers. */
export function systemClock(): WaitingClock {
  return { now: () => performance.now(), delay: pause, random: () => Math.random() };
}
