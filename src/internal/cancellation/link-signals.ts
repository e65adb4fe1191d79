import { addAbortCallback } from "./abort-callbacks.js";

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
