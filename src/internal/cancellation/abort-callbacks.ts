/**
 * The callbacks of one signal, behind one listener. A caller may share a signal among any number of
 * calls, and Node warns of a leak when one signal has more than ten listeners.
 */
class AbortCallbacks {
  readonly #callbacks = new Set<{ readonly call: () => void }>();
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  readonly #listener = (): void => {
    this.#signal.removeEventListener("abort", this.#listener);
    for (const each of this.#callbacks) {
      this.#callbacks.delete(each);
      each.call();
    }
  };

  add(call: () => void): () => void {
    // Listening starts with the first callback and ends with the last: a page's signal keeps nothing.
    if (this.#callbacks.size === 0) this.#signal.addEventListener("abort", this.#listener);
    const entry = { call };
    this.#callbacks.add(entry);
    return () => {
      if (!this.#callbacks.delete(entry) || this.#callbacks.size > 0) return;
      this.#signal.removeEventListener("abort", this.#listener);
    };
  }
}

/** The property of a signal that holds its callbacks: state that lives as long as the signal does. */
const callbacksKey = Symbol("flyte-admin-client.abortCallbacks");

/**
 * Calls back when a signal aborts that has not aborted yet.
 *
 * @returns removes the callback
 */
export function addAbortCallback(signal: AbortSignal, callback: () => void): () => void {
  const known: unknown = Reflect.get(signal, callbacksKey);
  if (known instanceof AbortCallbacks) return known.add(callback);
  const callbacks = new AbortCallbacks(signal);
  Reflect.defineProperty(signal, callbacksKey, { value: callbacks });
  return callbacks.add(callback);
}
