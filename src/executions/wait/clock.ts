import { pause } from "../../internal/pause.js";

/** What waiting goes by; tests put their own in its place. */
export interface WaitingClock {
  /** The time in milliseconds, from any beginning. */
  now(): number;
  /** Waits, and ends early without an error when the signal aborts. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
  /** Gives numbers from 0 up to 1. */
  random(): number;
}

/** The clock of the runtime. */
export function systemClock(): WaitingClock {
  return { now: () => performance.now(), delay: pause, random: () => Math.random() };
}
