/** The calls of a client that have not ended, and a way to end them all, for good. */
export class OpenCalls {
  readonly #controllers = new Set<AbortController>();
  readonly #end = new AbortController();

  /** Aborts when all calls are ended. */
  get ended(): AbortSignal {
    return this.#end.signal;
  }

  /** Runs a call with a signal that aborts with the caller's, and when all calls are ended. */
  async run<T>(
    caller: AbortSignal | undefined,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    const onAbort = (): void => {
      controller.abort(caller?.reason);
    };
    if (caller?.aborted === true) onAbort();
    else caller?.addEventListener("abort", onAbort, { once: true });
    if (this.ended.aborted) controller.abort(this.ended.reason);
    this.#controllers.add(controller);
    try {
      return await call(controller.signal);
    } finally {
      this.#controllers.delete(controller);
      caller?.removeEventListener("abort", onAbort);
    }
  }

  /** Ends all calls, also later ones: they fail with a `CanceledError` that has this reason as its cause. */
  end(reason: Error): void {
    this.#end.abort(reason);
    for (const controller of this.#controllers) controller.abort(reason);
  }
}
