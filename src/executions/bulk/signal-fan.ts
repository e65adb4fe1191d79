/**
 * Ends many calls with one word, each through a signal of its own: on a shared one every call would
 * leave listeners, and runtimes warn of more than ten.
 */
export class SignalFan {
  readonly #open = new Set<AbortController>();
  #end: { readonly reason: unknown } | undefined;

  /** Whether it has ended. */
  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  /** What it ended with. */
  get reason(): unknown {
    return this.#end?.reason;
  }

  /** Runs work with a signal that ends with the others. */
  async run<R>(work: (signal: AbortSignal) => R | Promise<R>): Promise<R> {
    const controller = new AbortController();
    if (this.#end !== undefined) controller.abort(this.#end.reason);
    this.#open.add(controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#open.delete(controller);
    }
  }

  /** Ends the work that is under way, and what is begun later. */
  end(reason?: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = { reason };
    for (const controller of this.#open) controller.abort(reason);
    this.#open.clear();
  }
}
