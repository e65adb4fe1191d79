import { create } from "@bufbuild/protobuf";
import type { Interceptor, UnaryRequest, UnaryResponse } from "@connectrpc/connect";

import { type FlyteError, toFlyteError } from "../../errors/index.js";
import type { Call } from "../call.js";
import { backoffMs } from "./backoff.js";
import { callKindOf, type CallKind, saysDone } from "./call-class.js";
import { isTransient } from "./is-transient.js";
import { sleep } from "../../internal/cancellation/index.js";
import { RetryBudget } from "./retry-budget.js";
import {
  budgetOf,
  callLimits,
  clientLimits,
  type RetryLimits,
  type RetrySettings,
} from "./retry-settings.js";

/** An attempt that failed and is followed by another one. */
export interface RetryEvent {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** How long is waited before the next attempt, in milliseconds. */
  readonly delayMs: number;
  /** What the attempt failed with. */
  readonly error: FlyteError;
  /** What it does to the server when the call is sent twice. */
  readonly kind: CallKind;
}

/** What the calls of a client share: their settings and their budget. */
export interface Retrier {
  readonly limits: Required<RetryLimits>;
  readonly budget: RetryBudget;
  readonly random: () => number;
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Makes what the calls of a client share.
 *
 * @throws InvalidOptionError for a number that is out of its range.
 */
export function createRetrier(settings: RetrySettings | false | undefined): Retrier {
  const given = settings === false ? {} : (settings ?? {});
  return {
    limits: clientLimits(settings),
    budget: new RetryBudget(budgetOf(settings)),
    random: given.random ?? Math.random,
    delay: given.delay ?? sleep,
  };
}

/**
 * Sends a call again after a failure that may pass, where that does no harm. It stands inside the
 * deadline, and does not begin a wait that would outlast it: the caller gets the failure itself.
 */
export function retryInterceptor(
  call: Call,
  retrier: Retrier,
  onRetry: (event: RetryEvent) => void,
): Interceptor {
  const { budget, delay } = retrier;
  return (next) => async (request) => {
    if (request.stream) return next(request);
    const limits = callLimits(retrier.limits, request.contextValues);
    const kind = callKindOf(request.method, request.message);
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Interceptors further in write into the headers, each attempt anew.
        const response = await next({ ...request, header: new Headers(request.header) });
        budget.give();
        return response;
      } catch (thrown) {
        const error = toFlyteError(thrown, call);
        if (attempt > 1 && saysDone(request.method, error.code)) return emptyAnswer(request);
        if (attempt >= limits.maxAttempts || !isTransient(error, kind)) throw error;
        const delayMs = waitBefore(attempt, error, limits, retrier.random());
        if (delayMs === undefined || !hasTimeFor(delayMs, call) || !budget.take()) throw error;
        onRetry({ rpc: call.rpc, attempt, delayMs, error, kind });
        call.lastFailure = error;
        await delay(delayMs, request.signal);
        if (request.signal.aborted) throw error;
      }
    }
  };
}

/** `undefined` when a longer wait is asked for than the limits allow. */
function waitBefore(
  retry: number,
  error: FlyteError,
  limits: Required<RetryLimits>,
  random: number,
): number | undefined {
  const asked = error.retryAfterMs ?? 0;
  if (asked > limits.maxRetryAfterMs) return undefined;
  return Math.max(asked, backoffMs(retry, limits, random));
}

function hasTimeFor(delayMs: number, call: Call): boolean {
  const remainingMs = call.remainingMs();
  return remainingMs === undefined || delayMs < remainingMs;
}

/** The answers to registrations, events and terminations have no fields. */
function emptyAnswer({ service, method }: UnaryRequest): UnaryResponse {
  return {
    stream: false,
    service,
    method,
    header: new Headers(),
    trailer: new Headers(),
    message: create(method.output),
  };
}
