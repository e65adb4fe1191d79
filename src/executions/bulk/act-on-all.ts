import { type FlyteError, toFlyteError } from "../../errors/index.js";
import {
  type CallOptions,
  defaultConcurrency,
  mapConcurrent,
  type MapConcurrentOptions,
  type Progress,
  requireConcurrency,
  requireSource,
} from "../../internal/index.js";
import { abortError, CancellationGroup, onAbort } from "../../internal/cancellation/index.js";
import {
  callOptionNames,
  checkFunction,
  type OptionNames,
  requireOptions,
} from "../../internal/validation/index.js";

/** The result of one item. */
export type BulkResult<Id, R = void> =
  | { readonly id: Id; readonly ok: true; readonly value: R }
  | { readonly id: Id; readonly ok: false; readonly error: FlyteError };

/** The progress of a bulk verb. */
export interface BulkProgress<Id, R = void> extends Progress {
  /** The items that are done, whether they succeeded or failed. */
  readonly done: number;
  /** The items that were read from the source: all there are. */
  readonly total: number;
  /** The items that succeeded so far. */
  readonly succeeded: number;
  /** The items that failed so far. */
  readonly failed: number;
  /** The result of the item. */
  readonly result: BulkResult<Id, R>;
}

/** Options of a bulk verb. `timeoutMs`, `headers` and `onHeader` apply to each of its calls. */
export interface BulkOptions<Id, R = void>
  extends Omit<MapConcurrentOptions, "ordered">, Omit<CallOptions, "signal"> {
  /** Called when an item is done. */
  readonly onProgress?: ((progress: BulkProgress<Id, R>) => void) | undefined;
}

const bulkOptionNames: OptionNames<BulkOptions<unknown>> = {
  ...callOptionNames,
  concurrency: true,
  onProgress: true,
};

/**
 * Does one thing to every item, and returns the result of each, in the order of the items.
 *
 * All items are read before the first is acted on: a list that is filtered by what the act changes,
 * such as the phase, would skip rows otherwise. An item that fails does not stop the others.
 *
 * A signal that fires before the last item is done ends the calls in flight and rejects, so that no
 * caller takes a part for the whole. `onProgress` has reported what was done until then.
 *
 * @throws InvalidOptionError for an invalid source or concurrency, and what reading the items throws,
 *   before anything is done; CanceledError, or DeadlineExceededError for an `AbortSignal.timeout()`
 */
export async function actOnAll<T, Id, R>(
  source: Iterable<T> | AsyncIterable<T>,
  idOf: (item: T, index: number) => Id,
  act: (id: Id, signal: AbortSignal) => Promise<R>,
  options: BulkOptions<Id, R> = {},
): Promise<BulkResult<Id, R>[]> {
  requireSource(source, "executions");
  const { signal, onProgress } = requireOptions(options, bulkOptionNames);
  checkFunction(onProgress, "onProgress");
  const concurrency = requireConcurrency(options.concurrency ?? defaultConcurrency);
  const ids = await readIds(source, idOf, signal);
  let succeeded = 0;
  let failed = 0;
  const group = new CancellationGroup();
  const attempt = async (id: Id): Promise<BulkResult<Id, R>> => {
    try {
      return { id, ok: true, value: await group.run((ended) => act(id, ended)) };
    } catch (error) {
      return { id, ok: false, error: toFlyteError(error, {}) };
    }
  };
  const results: BulkResult<Id, R>[] = [];
  const state = { isCut: false };
  const work = async (id: Id): Promise<BulkResult<Id, R> | undefined> => {
    const result = group.isEnded ? undefined : await attempt(id);
    // What failed since the signal fired may have failed by it.
    if (result === undefined || (!result.ok && group.isEnded)) return undefined;
    if (result.ok) succeeded += 1;
    else failed += 1;
    onProgress?.({ done: succeeded + failed, total: ids.length, succeeded, failed, result });
    return result;
  };
  const release = onAbort([signal], ({ reason }) => {
    state.isCut = succeeded + failed < ids.length;
    group.end(reason);
  });
  try {
    // The signal is not passed on: mapConcurrent would leave the calls in flight behind.
    for await (const result of mapConcurrent(ids, work, { concurrency })) {
      if (result !== undefined) results.push(result);
    }
  } finally {
    release();
  }
  if (state.isCut && signal !== undefined) {
    const done = succeeded + failed;
    throw abortError(signal, `the bulk call, after ${done} of ${ids.length} items,`);
  }
  return results;
}

async function readIds<T, Id>(
  source: Iterable<T> | AsyncIterable<T>,
  idOf: (item: T, index: number) => Id,
  signal: AbortSignal | undefined,
): Promise<readonly Id[]> {
  const ids: Id[] = [];
  const items = mapConcurrent(source, (item) => item, { concurrency: 1, signal });
  try {
    for await (const item of items) ids.push(idOf(item, ids.length));
  } catch (error) {
    throw signal?.aborted === true ? abortError(signal, "the bulk call") : error;
  }
  return ids;
}
