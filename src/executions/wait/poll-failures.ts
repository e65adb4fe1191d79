import { isFlyteError, type StatusCode } from "../../errors/index.js";

/** Polls in a row that may fail, each with all the retries of its call. */
const maxInARow = 5;

const passingCodes: readonly StatusCode[] = [
  "UNAVAILABLE",
  "DEADLINE_EXCEEDED",
  "RESOURCE_EXHAUSTED",
  "ABORTED",
];

/** Decides whether failed polls end a wait. */
export class PollFailures {
  #inARow = 0;

  /** Learns that a poll was answered. */
  end(): void {
    this.#inARow = 0;
  }

  /** Returns whether to poll again after this failure. */
  mayPass(error: unknown): boolean {
    this.#inARow += 1;
    return this.#inARow < maxInARow && passingCodes.some((code) => isFlyteError(error, code));
  }
}
