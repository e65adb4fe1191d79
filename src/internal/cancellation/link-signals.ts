/** One signal in place of several. */
export interface LinkedSignal {
  /** Aborts with the first of the signals, or by {@link LinkedSignal.abort}. */
  readonly signal: AbortSignal;
  /** Aborts this signal alone. */
  abort(reason?: unknown): void;
  /** Removes the listeners. Must be called when the work is over. */
  release(): void;
}

/**
 * Links signals into one that aborts with the first of them.
 *
 * `AbortSignal.any` does the same and keeps its listeners until the signals are collected: on a
 * signal that lives as long as a page they would add up.
 *
 * @param reasonFor - the reason for the signal that aborted; its own when left out
 */
export function linkSignals(
  signals: readonly (AbortSignal | undefined)[],
  reasonFor: (source: AbortSignal) => unknown = ({ reason }) => reason,
): LinkedSignal {
  const controller = new AbortController();
  const release = onAbort(signals, (source) => {
    controller.abort(reasonFor(source));
  });
  return {
    signal: controller.signal,
    abort(reason) {
      release();
      controller.abort(reason);
    },
    release,
  };
}

/**
 * Calls back once, with the signal, when the first of some signals aborts; at once when one has.
 *
 * @returns removes the listeners
 */
export function onAbort(
  signals: readonly (AbortSignal | undefined)[],
  callback: (source: AbortSignal) => void,
): () => void {
  const given = signals.filter((signal) => signal !== undefined);
  const aborted = given.find((signal) => signal.aborted);
  if (aborted !== undefined) {
    callback(aborted);
    return () => undefined;
  }
  const removals = given.map((signal) =>
    addAbortCallback(signal, () => {
      release();
      callback(signal);
    }),
  );
  const release = (): void => {
    for (const remove of removals) remove();
  };
  return release;
}

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
