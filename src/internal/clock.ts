import { type Clock, systemClock } from "./cancellation/index.js";

/** The clock of waits: the time, timers and random numbers. Tests bring their own. */
export interface WaitingClock extends Clock {
  /** Returns a number from 0 up to 1. */
  random(): number;
}

/** The clock of the runtime. */
export const systemWaitingClock: WaitingClock = { ...systemClock, random: () => Math.random() };
