import type { FlyteError } from "../../errors/index.js";
import { CanceledError, toFlyteError } from "../../errors/index.js";
import { requireObject } from "../../internal/require-object.js";
import { defaultConcurrency, mapConcurrent, type MapConcurrentOptions } from "./map-concurrent.js";
import { requireConcurrency } from "./require-concurrency.js";
import { requireSource } from "./require-source.js";
import { SignalFan } from "./signal-fan.js";

/** What became of one item. */
export type BulkResult<Id, R = void> =
  | { readonly id: Id; readonly ok: true; readonly value: R }
  | { readonly id: Id; readonly ok: false; readonly error: FlyteError };

/** How far a bulk verb has come. */
export interface BulkProgress<Id, R = void> {
  /** The items that were read from the source: all there are. */
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** What became of the item that this is about. */
  readonly result: BulkResult<Id, R>;
}

/** How a bulk verb goes about it. */
export interface BulkOptions<Id, R = void> extends Omit<MapConcurrentOptions, "ordered"> {
  /** Called when an item is done. */
  readonly onProgress?: ((progress: BulkProgress<Id, R>) => void) | undefined;
}

/**
 * Does one thing to every item, and tells of each what became of it, in the order of the items.
 *
 * All items are read before the first is acted on: a list that is filtered by what the act changes,
 * such as the phase, would skip rows otherwise. One that fails stops no other. When the signal
 * fires, what has not begun fails with a `CanceledError`, and so may what is under way.
 *
 * @throws InvalidOptionError for no source or a concurrency out of range, and what reading the items throws,
 *   before anything is done
 */
export async function actOnAll<T, Id, R>(
  source: Iterable<T> | AsyncIterable<T>,
  idOf: (item: T, index: number) => Id,
  act: (id: Id, signal: AbortSignal) => Promise<R>,
  options: BulkOptions<Id, R> = {},
): Promise<BulkResult<Id, R>[]> {
  requireSource(source);
  const { signal, onProgress } = requireObject(options, "options", "an object");
  const concurrency = requireConcurrency(options.concurrency ?? defaultConcurrency);
  const ids: Id[] = [];
  for await (const item of source) {
    if (signal?.aborted === true) throw canceled(signal);
    ids.push(idOf(item, ids.length));
  }
  let succeeded = 0;
  let failed = 0;
  const fan = new SignalFan();
  const onAbort = (): void => {
    fan.end(signal?.reason);
  };
  const attempt = async (id: Id): Promise<BulkResult<Id, R>> => {
    try {
      if (signal?.aborted === true) throw canceled(signal);
      return { id, ok: true, value: await fan.run((ended) => act(id, ended)) };
    } catch (error) {
      return { id, ok: false, error: toFlyteError(error, {}) };
    }
  };
  const results: BulkResult<Id, R>[] = [];
  const work = async (id: Id): Promise<BulkResult<Id, R>> => {
    const result = await attempt(id);
    if (result.ok) succeeded += 1;
    else failed += 1;
    onProgress?.({ total: ids.length, succeeded, failed, result });
    return result;
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    // The signal is not passed on: it would end the loop, and with it the account of what was done.
    for await (const result of mapConcurrent(ids, work, { concurrency })) results.push(result);
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
  return results;
}

function canceled(signal: AbortSignal): CanceledError {
  return new CanceledError("the bulk call was canceled by its signal", { cause: signal.reason });
}
