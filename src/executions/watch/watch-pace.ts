import { addJitter } from "../wait/index.js";

const shortestMs = 1000;
const growth = 1.5;
/** While a row can still change. */
const longestOpenMs = 10_000;
/** While only new rows can come, and after failures. */
const longestMs = 30_000;
/** Of the server's time, polls take a tenth at most: FlyteAdmin has no index on the last write. */
const shareOfTime = 10;

/** How a poll went. */
export interface PollResult {
  /** Whether a list has changed. */
  readonly isChanged: boolean;
  /** Whether a row of a list has not ended. */
  readonly isOpen: boolean;
  /** How long the calls took, in milliseconds. */
  readonly tookMs: number;
}

/**
 * The pace of polls: every second while lists change, then ever less often, up to 10 seconds while
 * rows are still running and up to 30 when all have ended.
 */
export class WatchPace {
  #intervalMs = shortestMs;
  #lastTookMs = 0;

  /**
   * Returns how long to wait after a poll, in milliseconds. Up to a tenth more or less, so that many
   * clients do not ask in step.
   *
   * @param random - from 0 up to 1
   */
  afterPoll({ isChanged, isOpen, tookMs }: PollResult, random: number): number {
    const longest = isOpen ? longestOpenMs : longestMs;
    this.#intervalMs = isChanged ? shortestMs : Math.min(longest, this.#intervalMs * growth);
    // A poll that waited for a server that restarts says nothing about the time that polls take.
    const usualMs = Math.min(tookMs, this.#lastTookMs);
    this.#lastTookMs = tookMs;
    return addJitter(Math.max(this.#intervalMs, usualMs * (shareOfTime - 1)), random);
  }

  /** Returns how long to wait after so many failures in a row, in milliseconds. */
  afterFailure(failures: number, random: number): number {
    this.#intervalMs = shortestMs;
    return addJitter(Math.min(longestMs, shortestMs * 2 ** Math.min(failures - 1, 10)), random);
  }
}
