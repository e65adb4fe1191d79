import type { Page, PageWalk } from "./page-walk.js";

const done = { done: true, value: undefined } as const;

/**
 * Reads a walk by pages. No generator, since one that waits for a page cannot be left before it has
 * come: `return` here stops the request.
 */
export class PageIterator<T> implements AsyncIterator<Page<T>, undefined> {
  readonly #walk: PageWalk<T>;
  #queue: Promise<unknown> = Promise.resolve();
  #isFirst = true;

  constructor(walk: PageWalk<T>) {
    this.#walk = walk;
  }

  next(): Promise<IteratorResult<Page<T>, undefined>> {
    const result = this.#queue.then(() => this.#advance());
    this.#queue = result
      .catch(() => undefined)
      .then(() => {
        // Whoever waits has the page by now: asking for more takes time.
        this.#walk.askAhead();
      });
    return result;
  }

  return(): Promise<IteratorResult<Page<T>, undefined>> {
    this.#isFirst = false;
    this.#walk.close();
    return Promise.resolve(done);
  }

  async #advance(): Promise<IteratorResult<Page<T>, undefined>> {
    let isOnly: boolean;
    try {
      const page = await this.#walk.next();
      if (page !== undefined) return { done: false, value: page };
      // Read after the wait, during which `return` may have been called.
      isOnly = this.#isFirst;
    } finally {
      this.#isFirst = false;
    }
    return isOnly ? { done: false, value: { items: [], nextToken: undefined } } : done;
  }
}

/** Reads a walk by rows. */
export class RowIterator<T> implements AsyncIterator<T, undefined> {
  readonly #walk: PageWalk<T>;
  #rows: readonly T[] = [];
  #index = 0;
  #queue: Promise<unknown> = Promise.resolve();
  /** The calls of `next` that have not taken their row yet. */
  #waiting = 0;

  constructor(walk: PageWalk<T>) {
    this.#walk = walk;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    // Rows of a page that has come wait for nothing: this is the path of nearly every row.
    if (this.#waiting === 0 && this.#index < this.#rows.length && !this.#walk.isAborted()) {
      return Promise.resolve(this.#takeRow());
    }
    this.#waiting += 1;
    const result = this.#queue.then(() => this.#advance());
    this.#queue = result
      .catch(() => undefined)
      .then(() => {
        // Whoever waits has the row by now: asking for more takes time.
        this.#walk.askAhead();
      });
    return result;
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#rows = [];
    this.#walk.close();
    return Promise.resolve(done);
  }

  async #advance(): Promise<IteratorResult<T, undefined>> {
    try {
      return await this.#nextRow();
    } finally {
      // Before the reader has the row, and asks for the next one.
      this.#waiting -= 1;
    }
  }

  async #nextRow(): Promise<IteratorResult<T, undefined>> {
    const rowsAreLeft = this.#index < this.#rows.length;
    if (rowsAreLeft && this.#walk.isAborted()) {
      await this.return();
      this.#walk.throwIfAborted();
    }
    if (!rowsAreLeft) {
      const page = await this.#walk.next();
      if (page === undefined) return done;
      this.#rows = page.items;
      this.#index = 0;
    }
    return this.#takeRow();
  }

  #takeRow(): IteratorResult<T, undefined> {
    // The index was compared with the length by both callers, and pages are never empty.
    const value = this.#rows[this.#index] as T;
    this.#index += 1;
    return { done: false, value };
  }
}
