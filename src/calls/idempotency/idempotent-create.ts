import { type FlyteError, isFlyteError } from "../../errors/index.js";
import type { CallOptions } from "../../internal/call-options.js";

/** A create under a name of the caller's, and how to find what it created. */
export interface IdempotentCreate<T> {
  /** Makes the create call. */
  readonly create: (options: CallOptions | undefined) => Promise<T>;
  /**
   * Looks for what the call created, with the time that is left of the call's limit.
   *
   * @param error - the failure of the create, to throw or to quote
   * @returns `undefined` where there is nothing, or it is unknown who created it
   * @throws when somebody else created it
   */
  readonly find: (error: FlyteError, options: CallOptions) => Promise<T | undefined>;
}

/**
 * Creates something under a name of the caller's. Where the response was lost, so that the call
 * may have created it all the same, looks for it by its name.
 *
 * @throws the error of the create where nothing is found, and what `find` throws
 */
export async function createIdempotently<T>(
  { create, find }: IdempotentCreate<T>,
  options: CallOptions | undefined,
): Promise<T> {
  const startedAt = Date.now();
  try {
    return await create(options);
  } catch (error) {
    if (!isFlyteError(error) || !mayHaveCreated(error)) throw error;
    const found = await find(error, remainingOptions(options, startedAt));
    if (found === undefined) throw error;
    return found;
  }
}

/** Whether a create that failed may have created its thing all the same. */
function mayHaveCreated({ code, attempts, serverMessage }: FlyteError): boolean {
  switch (code) {
    case "ALREADY_EXISTS":
      // To a first attempt this is the truth; to a later one it may be about the first.
      return attempts > 1;
    case "UNAVAILABLE":
      return attempts > 0;
    case "DEADLINE_EXCEEDED":
      return serverMessage !== undefined;
    case "INTERNAL":
    case "UNKNOWN":
      return serverMessage === undefined && attempts > 0;
    default:
      return false;
  }
}

/** The options of a call that began at some time, with the time that is left. */
function remainingOptions(options: CallOptions | undefined, startedAt: number): CallOptions {
  const { timeoutMs } = options ?? {};
  if (timeoutMs === undefined || timeoutMs <= 0) return { ...options };
  return { ...options, timeoutMs: Math.max(1, timeoutMs - (Date.now() - startedAt)) };
}
