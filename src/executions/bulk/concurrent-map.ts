import type { MapContext } from "./map-concurrent.js";
import { CancellationGroup } from "../../internal/cancellation/index.js";

/** A result that waits to be read. */
export interface Result<R> {
  readonly value: R;
}

interface Failure {
  readonly error: unknown;
}

const waitingPerWorker = 4;

/** One run over the items of a source. It pulls items only while there is room for their results. */
export class ConcurrentMap<T, R> {
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

  /** Gives the next result; undefined at the end. */
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
