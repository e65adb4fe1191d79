import type { OptionNames } from "../../internal/validation/index.js";

/** Something that a watch of a list has seen. */
export type WatchEvent<Row> =
  | {
      /** The row is new to the list, or has entered its filter. */
      readonly kind: "added";
      readonly item: Row;
    }
  | {
      /** The row has changed, and is still in the list. */
      readonly kind: "updated";
      readonly item: Row;
      /** The row as the event before had it. */
      readonly previous: Row;
    }
  | {
      /** The row is no longer in the list: it has left the filter, or was archived. */
      readonly kind: "removed";
      /** The row as the event before had it. */
      readonly item: Row;
    }
  | {
      /**
       * The events so far amount to the whole list. It comes once when the list was first read, and
       * again when polls succeed after a failure.
       */
      readonly kind: "synced";
      /** The number of rows of the list. */
      readonly count: number;
    };

/** A failure that a watch survives. */
export interface WatchFailure {
  /** The number of polls in a row that have failed. */
  readonly failures: number;
  /** When the next poll is made, in milliseconds from now. */
  readonly nextPollMs: number;
}

/** Options of watching a list. */
export interface WatchOptions<Row> {
  /** Ends the watch with a `CanceledError`, or a `DeadlineExceededError` for an `AbortSignal.timeout()`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The time to watch, in milliseconds; then it ends with a `DeadlineExceededError`. 0 and Infinity
   * mean no limit.
   * @defaultValue none
   */
  readonly timeoutMs?: number | undefined;
  /** Called with each failure that the watch survives, such as a restart of the server. */
  readonly onError?: ((error: unknown, failure: WatchFailure) => void) | undefined;
  /**
   * The `snapshot()` of an earlier watch of the same list. The events begin with what has changed
   * since, and not with all rows.
   * @defaultValue no rows, so that all are added
   */
  readonly previous?: readonly Row[] | undefined;
  /**
   * The most rows that the list may have. A longer one ends the watch with a FlyteError of code
   * RESOURCE_EXHAUSTED, since all rows are held in memory.
   * @defaultValue 10000
   */
  readonly maxRows?: number | undefined;
  /**
   * The rows that one request of the whole list asks for, from 1 to 65535.
   * @defaultValue 1000; a page that is too large in bytes is asked for again by halves
   */
  readonly pageSize?: number | undefined;
  /**
   * The interval at which the whole list is read again, in milliseconds, which finds what polls cannot see. 0
   * and Infinity mean never.
   * @defaultValue 600000, ten minutes
   */
  readonly resyncMs?: number | undefined;
}

/** The names of {@link WatchOptions}. */
export const watchOptionNames: OptionNames<WatchOptions<unknown>> = {
  signal: true,
  timeoutMs: true,
  onError: true,
  previous: true,
  maxRows: true,
  pageSize: true,
  resyncMs: true,
};

/**
 * A list that is watched. Its events come while a loop reads them. A second loop resumes where the
 * one before ended, and begins with what has changed since.
 */
export interface ListWatch<Row> extends AsyncIterable<WatchEvent<Row>> {
  /**
   * Returns the rows that the events read so far amount to, in the order in which they were added.
   * Pass them as `previous` to resume with another watch, also in another process.
   */
  snapshot(): readonly Row[];
}
