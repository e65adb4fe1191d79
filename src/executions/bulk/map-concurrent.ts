import { abortError, onAbort } from "../../internal/cancellation/index.js";
import { ConcurrentMap } from "./concurrent-map.js";
import {
  invalidOption,
  type OptionNames,
  requireOptions,
} from "../../internal/validation/index.js";
import { requireConcurrency } from "./require-concurrency.js";
import { requireSource } from "./require-source.js";

/** How {@link mapConcurrent} goes about it. */
export interface MapConcurrentOptions {
  /**
   * How many items are worked on at the same time, from 1 to 1000.
   * @defaultValue 8, inside the 10 connections to its database that FlyteAdmin keeps open
   */
  readonly concurrency?: number | undefined;
  /**
   * Whether results come in the order of their items. Without it they come as they are ready.
   * @defaultValue `true`
   */
  readonly ordered?: boolean | undefined;
  /** Ends the work with a `CanceledError`, or a `DeadlineExceededError` for an `AbortSignal.timeout()`. */
  readonly signal?: AbortSignal | undefined;
}

const mapOptionNames: OptionNames<MapConcurrentOptions> = {
  concurrency: true,
  ordered: true,
  signal: true,
};

/** Context of one call of the function. */
export interface MapContext {
  /** Counts the items from 0. */
  readonly index: number;
  /** Aborts when the loop is left, another item fails, or the caller aborts. */
  readonly signal: AbortSignal;
}

/** Inside the 10 connections to its database that FlyteAdmin keeps open. */
export const defaultConcurrency = 8;

/**
 * Runs a function over items, some at the same time, and gives the results as they are asked for.
 *
 * Nothing runs before the first result is asked for, and no more than four times `concurrency`
 * results wait to be read: a slow reader stops the work. The first failure ends it, after the
 * results of the items before it when `ordered`; leaving the loop ends it too.
 *
 * @throws InvalidOptionError for no source or a concurrency out of range; from the loop what the source or the
 *   function threw, or CanceledError
 */
export function mapConcurrent<T, R>(
  source: Iterable<T> | AsyncIterable<T>,
  fn: (item: T, context: MapContext) => R | Promise<R>,
  options: MapConcurrentOptions = {},
): AsyncIterable<R> {
  requireSource(source);
  if (typeof fn !== "function") throw invalidOption("fn", "a function", fn);
  const { ordered = true, signal } = requireOptions(options, mapOptionNames);
  const concurrency = requireConcurrency(options.concurrency ?? defaultConcurrency);
  return {
    [Symbol.asyncIterator]: () =>
      results(() => new ConcurrentMap(source, fn, concurrency, ordered), signal),
  };
}

async function* results<T, R>(
  start: () => ConcurrentMap<T, R>,
  signal: AbortSignal | undefined,
): AsyncGenerator<R, undefined> {
  const map = start();
  const release = onAbort([signal], (source) => {
    map.fail(abortError(source, "mapConcurrent"));
  });
  try {
    for (let next = await map.next(); next !== undefined; next = await map.next()) yield next.value;
  } finally {
    release();
    map.stop();
  }
}
