import { isTransient } from "../../calls/index.js";
import { isFlyteError } from "../../errors/index.js";

const firstMs = 500;
const growth = 1.25;
const steadyMs = 5000;
const longestMs = 30_000;
/** Beyond the steady interval, one as long as this part of the time that has passed. */
const partOfElapsed = 1 / 20;

/**
 * Returns the wait before the next poll, in milliseconds: half a second at first, growing to five,
 * and for what takes long to a twentieth of the time so far, at most half a minute. It takes about
 * 20 polls over a minute. Up to a tenth more or less, so that many clients do not ask in step.
 *
 * @param polls - how many polls were made
 * @param elapsedMs - how long the wait has taken
 * @param random - from 0 up to 1
 */
export function pollIntervalMs(polls: number, elapsedMs: number, random: number): number {
  const ceiling = Math.min(longestMs, Math.max(steadyMs, elapsedMs * partOfElapsed));
  return addJitter(Math.min(ceiling, firstMs * growth ** Math.max(0, polls - 1)), random);
}

/**
 * Returns a time up to a tenth shorter or longer, so that many clients do not poll in step.
 *
 * @param random - from 0 up to 1
 * @param share - the part of the time that it differs by at most
 */
export function addJitter(ms: number, random: number, share = 0.1): number {
  return Math.round(ms * (1 - share + 2 * share * random));
}

/** Whether a later poll may succeed after this failure, such as that of a server that restarts. */
export function mayPass(error: unknown): boolean {
  if (!isFlyteError(error)) return false;
  return error.code === "DEADLINE_EXCEEDED" || isTransient(error, "read");
}

/** Polls in a row that may fail, each with all the retries of its call. */
const maxInARow = 5;

/** Decides whether failed polls end a wait. */
export class PollFailures {
  #inARow = 0;

  /** Records that a poll was answered. */
  end(): void {
    this.#inARow = 0;
  }

  /** Returns whether to poll again after this failure. */
  isBridged(error: unknown): boolean {
    this.#inARow += 1;
    return this.#inARow < maxInARow && mayPass(error);
  }
}

const shortestWatchMs = 1000;
const watchGrowth = 1.5;
/** While a row can still change. While only new rows can come, and after failures, it is longestMs. */
const longestOpenMs = 10_000;
/** Of the server's time, polls take a tenth at most: FlyteAdmin has no index on the last write. */
const shareOfTime = 10;

/** The result of a poll. */
export interface PollResult {
  /** Whether a list has changed. */
  readonly isChanged: boolean;
  /** Whether a row of a list has not ended. */
  readonly isOpen: boolean;
  /** The time that the calls took, in milliseconds. */
  readonly tookMs: number;
}

/**
 * The pace of polls of a watch: every second while lists change, then ever less often, up to 10 seconds while
 * rows are still running and up to 30 when all have ended.
 */
export class WatchPace {
  #intervalMs = shortestWatchMs;
  #lastTookMs = 0;

  /**
   * Returns how long to wait after a poll, in milliseconds. Up to a tenth more or less, so that many
   * clients do not ask in step.
   *
   * @param random - from 0 up to 1
   */
  afterPoll({ isChanged, isOpen, tookMs }: PollResult, random: number): number {
    const longest = isOpen ? longestOpenMs : longestMs;
    this.#intervalMs = isChanged
      ? shortestWatchMs
      : Math.min(longest, this.#intervalMs * watchGrowth);
    // A poll that waited for a server that restarts says nothing about the time that polls take.
    const usualMs = Math.min(tookMs, this.#lastTookMs);
    this.#lastTookMs = tookMs;
    return addJitter(Math.max(this.#intervalMs, usualMs * (shareOfTime - 1)), random);
  }

  /** Returns how long to wait after so many failures in a row, in milliseconds. */
  afterFailure(failures: number, random: number): number {
    this.#intervalMs = shortestWatchMs;
    return addJitter(
      Math.min(longestMs, shortestWatchMs * 2 ** Math.min(failures - 1, 10)),
      random,
    );
  }
}
