import { abortError, CancellationGroup, onAbort } from "./cancellation/index.js";
import { forAwaitOnly } from "./for-await-only.js";
import {
  invalidOption,
  type OptionNames,
  requireInteger,
  requireOptions,
  isObject,
} from "./validation/index.js";

/** Options of {@link mapConcurrent}. */
export interface MapConcurrentOptions {
  /**
   * The number of items in flight at once, from 1 to 1000.
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
 * Runs a function over items, some at the same time, and yields the results as they are asked for.
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
  return forAwaitOnly(
    {
      [Symbol.asyncIterator]: () =>
        results(() => new ConcurrentMap(source, fn, concurrency, ordered), signal),
    },
    "The result of mapConcurrent",
  );
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

/** A result that waits to be read. */
interface Result<R> {
  readonly value: R;
}

interface Failure {
  readonly error: unknown;
}

const waitingPerWorker = 4;

/** One run over the items of a source. It pulls items only while there is room for their results. */
class ConcurrentMap<T, R> {
  readonly #fn: (item: T, context: MapContext) => R | Promise<R>;
  readonly #concurrency: number;
  readonly #ordered: boolean;
  readonly #items: AsyncIterator<T> | Iterator<T>;
  readonly #calls = new CancellationGroup();
  /** By the number of the item; when results need no order, of the result. */
  readonly #results = new Map<number, Result<R> | Failure>();
  #pulled = 0;
  #running = 0;
  #finished = 0;
  #read = 0;
  #isPulling = false;
  #isSourceOpen = true;
  #abortedWith: Failure | undefined;
  #wake: (() => void) | undefined;

  constructor(
    source: Iterable<T> | AsyncIterable<T>,
    fn: (item: T, context: MapContext) => R | Promise<R>,
    concurrency: number,
    ordered: boolean,
  ) {
    this.#fn = fn;
    this.#concurrency = concurrency;
    this.#ordered = ordered;
    this.#items =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** Returns the next result; undefined at the end. */
  async next(): Promise<Result<R> | undefined> {
    for (;;) {
      this.#pull();
      if (this.#abortedWith !== undefined) throw this.#abortedWith.error;
      const result = this.#results.get(this.#read);
      if (result !== undefined) {
        this.#results.delete(this.#read);
        this.#read += 1;
        if ("error" in result) throw result.error;
        return result;
      }
      if (!this.#isSourceOpen && !this.#isPulling && this.#running === 0) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Ends the run with an error, whatever results wait. */
  fail(error: unknown): void {
    this.#abortedWith ??= { error };
    this.stop();
    this.#notify();
  }

  /** Ends the run. */
  stop(): void {
    if (this.#calls.isEnded) return;
    this.#calls.end();
    if (!this.#isSourceOpen) return;
    this.#isSourceOpen = false;
    void close(this.#items);
  }

  #pull(): void {
    const held = this.#running + this.#results.size;
    const hasRoom =
      this.#running < this.#concurrency && held < this.#concurrency * waitingPerWorker;
    if (!this.#isSourceOpen || this.#isPulling || !hasRoom) return;
    this.#isPulling = true;
    void this.#take();
  }

  async #take(): Promise<void> {
    const index = this.#pulled;
    try {
      const next = await this.#items.next();
      this.#isPulling = false;
      if (next.done === true) this.#isSourceOpen = false;
      else if (this.#isSourceOpen) {
        this.#pulled += 1;
        this.#running += 1;
        void this.#work(next.value, index);
      }
    } catch (error) {
      this.#isPulling = false;
      this.#isSourceOpen = false;
      this.#finish(index, { error });
    }
    this.#pull();
    this.#notify();
  }

  async #work(item: T, index: number): Promise<void> {
    let result: Result<R> | Failure;
    try {
      result = { value: await this.#calls.run((signal) => this.#fn(item, { index, signal })) };
    } catch (error) {
      result = { error };
    }
    this.#running -= 1;
    this.#finish(index, result);
    this.#pull();
    this.#notify();
  }

  #finish(index: number, result: Result<R> | Failure): void {
    this.#results.set(this.#ordered ? index : this.#finished, result);
    this.#finished += 1;
    if ("error" in result) this.stop();
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}

/** A source that fails to close leaves nothing that the reader of results could mend. */
async function close(items: AsyncIterator<unknown> | Iterator<unknown>): Promise<void> {
  try {
    await items.return?.();
  } catch {
    return;
  }
}

/**
 * Checks a number of concurrent calls, and returns it.
 *
 * @throws InvalidOptionError when it is not an integer from 1 to 1000
 */
export function requireConcurrency(value: number): number {
  return requireInteger(value, "concurrency", { min: 1, max: 1000 });
}

/**
 * Refuses what cannot be read item by item.
 *
 * @throws InvalidOptionError
 */
export function requireSource(source: unknown, argument = "source"): void {
  const isSource =
    typeof source === "object" &&
    source !== null &&
    (Symbol.iterator in source || Symbol.asyncIterator in source);
  if (isSource) return;
  const isOne = argument !== "source" && (typeof source === "string" || isObject(source));
  const remedy = isOne && !("then" in Object(source)) ? "Pass an array with it." : undefined;
  throw invalidOption(argument, "an array, a list or another iterable", source, remedy);
}
