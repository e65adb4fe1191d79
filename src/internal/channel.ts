/** Hands items from one writer to one reader, and keeps those that have not been read. */
export class Channel<T> implements AsyncIterable<T> {
  #items: T[] = [];
  #end: { readonly error: unknown } | "open" | "done" = "open";
  #wake: (() => void) | undefined;

  /** Adds an item. */
  push(item: T): void {
    this.#items.push(item);
    this.#notify();
  }

  /** Ends the items. */
  end(): void {
    this.#end = "done";
    this.#notify();
  }

  /** Ends the items with an error, which is read behind them. */
  fail(error: unknown): void {
    this.#end = { error };
    this.#notify();
  }

  /** Reads the items as they come, to the end. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, undefined> {
    for (;;) {
      const items = this.#items;
      this.#items = [];
      yield* items;
      if (this.#items.length > 0) continue;
      if (typeof this.#end === "object") throw this.#end.error;
      if (this.#end === "done") return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
