import type {
  CallOptions as ConnectCallOptions,
  ContextKey,
  ContextValues,
} from "@connectrpc/connect";

/**
 * Options of a call, under the names that Connect has for them.
 *
 * An option that is `undefined` counts as left out.
 */
export interface CallOptions {
  /** Cancels the call with a `CanceledError`, or a `DeadlineExceededError` for an `AbortSignal.timeout()`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The time limit of the call in milliseconds, over all its attempts and the waits between; 0 and
   * Infinity mean no limit.
   * @defaultValue the `timeoutMs` of the client
   */
  readonly timeoutMs?: number | undefined;
  /** Headers of the request. They replace those of the client that have the same name. */
  readonly headers?: HeadersInit | undefined;
  /** Called with the headers of the response. */
  readonly onHeader?: ((headers: Headers) => void) | undefined;
  /** Called with the trailers of the response. */
  readonly onTrailer?: ((trailers: Headers) => void) | undefined;
  /** Values for interceptors, such as those of `withRetry()`. */
  readonly contextValues?: ConnectCallOptions["contextValues"] | undefined;
}

/** The part of `fetch` that calls and transfers use; the global one fits. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** Returns context values that hold one value more. The given ones, which are the caller's, are not changed. */
export function withContextValue<T>(
  values: ContextValues,
  key: ContextKey<T>,
  value: T,
): ContextValues {
  return {
    get: (each) => (each.id === key.id ? value : values.get(each)) as typeof each.defaultValue,
    set: (each, other) => values.set(each, other),
    delete: (each) => values.delete(each),
  };
}
