import { type LinkedSignal, linkSignals } from "./link-signals.js";

/**
 * Work that ends together. Each piece has a signal of its own: on a shared one every piece would
 * leave listeners, and Node warns of more than ten.
 */
export class CancellationGroup {
  readonly #open = new Set<LinkedSignal>();
  readonly #endings = new Set<() => void>();
  #end: { readonly reason: unknown } | undefined;
  #controller: AbortController | undefined;

  /** Whether the group has ended. */
  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  /** The reason that the group ended with. */
  get reason(): unknown {
    return this.#end?.reason;
  }

  /** Aborts when the group ends, for work that outlives a single call of {@link run}. */
  get signal(): AbortSignal {
    // Not made in advance: an abort makes an error with a stack, and most groups end unobserved.
    this.#controller ??= new AbortController();
    if (this.#end !== undefined) this.#controller.abort(this.#end.reason);
    return this.#controller.signal;
  }

  /**
   * Runs work with a signal that aborts when the group ends, or the caller's signal does. Work of a
   * group that has ended is begun with a signal that has aborted.
   */
  async run<T>(work: (signal: AbortSignal) => T | Promise<T>, caller?: AbortSignal): Promise<T> {
    const linked = linkSignals([caller]);
    if (this.#end !== undefined) linked.abort(this.#end.reason);
    this.#open.add(linked);
    try {
      return await work(linked.signal);
    } finally {
      this.#open.delete(linked);
      linked.release();
    }
  }

  /**
   * Calls back when the group ends; at once when it has.
   *
   * @returns removes the callback
   */
  onEnd(callback: () => void): () => void {
    if (this.#end !== undefined) {
      callback();
      return () => undefined;
    }
    this.#endings.add(callback);
    return () => void this.#endings.delete(callback);
  }

  /** Ends the work in flight, and all that is begun later. */
  end(reason?: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = { reason };
    this.#controller?.abort(reason);
    for (const linked of this.#open) linked.abort(reason);
    this.#open.clear();
    for (const callback of this.#endings) callback();
    this.#endings.clear();
  }
}
