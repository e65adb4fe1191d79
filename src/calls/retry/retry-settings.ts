import type { ContextKey, ContextValues } from "@connectrpc/connect";
import { createContextValues } from "@connectrpc/connect";

import { InvalidOptionError } from "../../errors/index.js";
import type { BackoffRange } from "./backoff.js";

/** How often, and after which waits, a failed call is sent again. */
export interface RetryLimits extends Partial<BackoffRange> {
  /**
   * How often a call is sent at most, the first time included. 1 means no retries.
   * @defaultValue 4
   */
  readonly maxAttempts?: number;
  /**
   * The longest wait before the first retry, in milliseconds. It doubles with each retry; the
   * waits themselves are random, from 0 to that bound.
   * @defaultValue 100
   */
  readonly initialBackoffMs?: number;
  /**
   * The longest wait before any retry, in milliseconds.
   * @defaultValue 5000
   */
  readonly maxBackoffMs?: number;
  /**
   * The longest wait that a server or a proxy may ask for (`retry-after`,
   * `grpc-retry-pushback-ms`), in milliseconds. A call that is asked to wait longer fails at once.
   * @defaultValue 30000
   */
  readonly maxRetryAfterMs?: number;
}

/** How the calls of a client are tried again. */
export interface RetrySettings extends RetryLimits {
  /**
   * How many retries all calls of the client may make together while nothing is answered; each
   * answered call gives a fifth of one back.
   * @defaultValue 100
   */
  readonly budget?: number;
  /**
   * Gives a number from 0 up to 1.
   * @defaultValue `Math.random`
   */
  readonly random?: () => number;
  /**
   * Waits. Must end early when the signal aborts.
   * @defaultValue a timer
   */
  readonly delay?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const defaults: Required<RetryLimits> = {
  maxAttempts: 4,
  initialBackoffMs: 100,
  maxBackoffMs: 5_000,
  maxRetryAfterMs: 30_000,
};

const defaultBudget = 100;

// One symbol for all copies of this package; a call of createContextKey would be a side effect of loading.
const retryKey: ContextKey<RetryLimits | false | undefined> = {
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
  retry: RetryLimits | false,
  contextValues: ContextValues = createContextValues(),
): ContextValues {
  return contextValues.set(retryKey, retry);
}

/** The limits of the client, checked, with their defaults filled in. */
export function clientLimits(retry: RetryLimits | false | undefined): Required<RetryLimits> {
  return merged(defaults, retry);
}

/** The limits of one call. */
export function callLimits(
  client: Required<RetryLimits>,
  contextValues: ContextValues,
): Required<RetryLimits> {
  return merged(client, contextValues.get(retryKey));
}

/** The size of a client's budget, checked. */
export function budgetOf(retry: RetrySettings | false | undefined): number {
  if (retry === false || retry?.budget === undefined) return defaultBudget;
  return atLeast(0, "budget", retry.budget);
}

function merged(
  base: Required<RetryLimits>,
  retry: RetryLimits | false | undefined,
): Required<RetryLimits> {
  if (retry === undefined) return base;
  if (retry === false) return { ...base, maxAttempts: 1 };
  return {
    maxAttempts: atLeast(1, "maxAttempts", retry.maxAttempts ?? base.maxAttempts),
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
  if (typeof value === "number" && value >= least) return value;
  throw new InvalidOptionError(
    `retry.${name} must be a number of ${least} or more, not ${String(value)}`,
    {
      option: `retry.${name}`,
    },
  );
}
