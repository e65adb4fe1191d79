import { type ContextKey, type ContextValues, createContextValues } from "@connectrpc/connect";
import {
  type OptionNames,
  requireKnownOptions,
  requireNumber,
} from "../internal/validation/index.js";

/** The number of attempts of a failed call, and the waits between them. */
export interface CallRetryOptions {
  /**
   * The most times that a call is sent, the first time included. 1 means no retries.
   * @defaultValue 4; while the server is away, as many as `maxOutageMs` allows
   */
  readonly maxAttempts?: number | undefined;
  /**
   * The longest wait before the first retry, in milliseconds. It doubles with each retry; the
   * waits themselves are random, from 0 to that bound.
   * @defaultValue 100
   */
  readonly initialBackoffMs?: number | undefined;
  /**
   * The longest wait before any retry, in milliseconds.
   * @defaultValue 2000
   */
  readonly maxBackoffMs?: number | undefined;
  /**
   * The longest time that a call waits for a server that is away (UNAVAILABLE), as during a restart, in
   * milliseconds. It holds for a server that has answered this client before: an address that never
   * answered gets 4 attempts. All calls that wait share the probes, one at a time; `timeoutMs`
   * bounds each call as always. 0 treats UNAVAILABLE as any other failure.
   * @defaultValue 12000
   */
  readonly maxOutageMs?: number | undefined;
  /**
   * The longest wait that a server or a proxy may ask for (`retry-after`,
   * `grpc-retry-pushback-ms`), in milliseconds. A call that is asked to wait longer fails at once.
   * @defaultValue 30000
   */
  readonly maxRetryAfterMs?: number | undefined;
}

/** Options of the retries of a client's calls. */
export interface RetryOptions extends CallRetryOptions {
  /**
   * The number of retries that all calls of the client may make together while nothing is answered; each
   * answered call restores a fifth of one.
   * @defaultValue 100
   */
  readonly budget?: number | undefined;
  /**
   * Returns a number from 0 up to 1.
   * @defaultValue `Math.random`
   */
  readonly random?: (() => number) | undefined;
  /**
   * Waits. Must end early when the signal aborts.
   * @defaultValue a timer
   */
  readonly delay?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

const callRetryOptionNames: OptionNames<CallRetryOptions> = {
  maxAttempts: true,
  initialBackoffMs: true,
  maxBackoffMs: true,
  maxOutageMs: true,
  maxRetryAfterMs: true,
};

const settingNames: OptionNames<RetryOptions> = {
  ...callRetryOptionNames,
  budget: true,
  random: true,
  delay: true,
};

/** The limits of a call, complete. */
export interface CompleteLimits extends Readonly<
  Record<Exclude<keyof CallRetryOptions, "maxAttempts">, number>
> {
  /** `undefined` for the default. */
  readonly maxAttempts: number | undefined;
}

/** The attempts of a call whose failures are not those of a server that is away. */
export const defaultAttempts = 4;

const defaults: CompleteLimits = {
  maxAttempts: undefined,
  initialBackoffMs: 100,
  maxBackoffMs: 2_000,
  maxOutageMs: 12_000,
  maxRetryAfterMs: 30_000,
};

const defaultBudget = 100;

// One symbol for all copies of this package; a call of createContextKey would be a side effect of loading.
const retryKey: ContextKey<CallRetryOptions | false | undefined> = {
  id: Symbol.for("flyte-admin-client.retry"),
  defaultValue: undefined,
};

/**
 * The `contextValues` of a call that is to be tried again otherwise than the client's calls are.
 *
 * @param retry What differs from the client's settings, or `false` to send the call once only.
 * @param contextValues Values to add this one to.
 * @defaultValue new context values
 *
 * @example
 * ```ts
 * await admin.tasks.get(id, { contextValues: withRetry(false) });
 * ```
 */
export function withRetry(
  retry: CallRetryOptions | false,
  contextValues: ContextValues = createContextValues(),
): ContextValues {
  if (retry !== false)
    requireKnownOptions(retry, callRetryOptionNames, "retry", "false or an object");
  return contextValues.set(retryKey, retry);
}

/** The limits of the client, checked, with their defaults filled in. */
export function clientLimits(retry: RetryOptions | false | undefined): CompleteLimits {
  if (retry !== undefined && retry !== false) {
    requireKnownOptions(retry, settingNames, "retry", "false or an object");
  }
  return merged(defaults, retry);
}

/** The limits of one call. */
export function callLimits(client: CompleteLimits, contextValues: ContextValues): CompleteLimits {
  return merged(client, contextValues.get(retryKey));
}

/** The size of a client's budget, checked. */
export function budgetOf(retry: RetryOptions | false | undefined): number {
  if (retry === false || retry?.budget === undefined) return defaultBudget;
  return atLeast(0, "budget", retry.budget);
}

function merged(base: CompleteLimits, retry: CallRetryOptions | false | undefined): CompleteLimits {
  if (retry === undefined) return base;
  if (retry === false) return { ...base, maxAttempts: 1 };
  return {
    maxAttempts:
      retry.maxAttempts === undefined
        ? base.maxAttempts
        : atLeast(1, "maxAttempts", retry.maxAttempts),
    maxOutageMs: atLeast(0, "maxOutageMs", retry.maxOutageMs ?? base.maxOutageMs),
    initialBackoffMs: atLeast(
      0,
      "initialBackoffMs",
      retry.initialBackoffMs ?? base.initialBackoffMs,
    ),
    maxBackoffMs: atLeast(0, "maxBackoffMs", retry.maxBackoffMs ?? base.maxBackoffMs),
    maxRetryAfterMs: atLeast(0, "maxRetryAfterMs", retry.maxRetryAfterMs ?? base.maxRetryAfterMs),
  };
}

function atLeast(least: number, name: string, value: number): number {
  return requireNumber(value, `retry.${name}`, least);
}

/** The range of a wait between two attempts. */
export interface BackoffRange {
  /** The longest wait before the first retry, in milliseconds. It doubles with each retry. */
  readonly initialBackoffMs: number;
  /** The longest wait before any retry, in milliseconds. */
  readonly maxBackoffMs: number;
}

/**
 * Returns the wait before a retry, in milliseconds: anything from 0 to a bound that doubles with
 * each retry, so that clients that failed together do not come back together.
 *
 * @param retry The number of the retry, from 1.
 * @param random From 0 up to 1.
 */
export function backoffMs(retry: number, range: BackoffRange, random: number): number {
  const bound = Math.min(
    range.maxBackoffMs,
    range.initialBackoffMs * 2 ** Math.min(retry - 1, maxDoublings),
  );
  return Math.floor(random * bound);
}

/**
 * Returns the wait before a probe of a server that is away, in milliseconds: between half of a bound
 * that doubles with each probe and all of it, so that probes never come in quick succession.
 */
export function probeBackoffMs(probe: number, range: BackoffRange, random: number): number {
  return Math.ceil((backoffMs(probe, range, 1) + backoffMs(probe, range, random)) / 2);
}

/** Beyond it the factor is no exact number, and ends as infinity. */
const maxDoublings = 52;
