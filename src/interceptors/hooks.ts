import type { Interceptor } from "@connectrpc/connect";

import { toFlyteError, type FlyteError } from "../errors/index.js";
import type { Call } from "./call.js";

/** Observers of calls. What one throws is dropped: an observer does not fail a call. */
export interface CallHooks {
  /** A call begins. */
  readonly onRequest?: (event: RequestEvent) => void;
  /** A call has its answer. */
  readonly onResponse?: (event: ResponseEvent) => void;
  /** A call failed, after all its attempts. */
  readonly onError?: (event: ErrorEvent) => void;
}

/** A call that begins. */
export interface RequestEvent {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  /** The time limit of the whole call in milliseconds, or `undefined` for none. */
  readonly timeoutMs: number | undefined;
}

/** A call that has its answer. */
export interface ResponseEvent {
  readonly rpc: string;
  /** How often the request was sent. */
  readonly attempts: number;
  /** From the beginning of the call to its end, in milliseconds. */
  readonly latencyMs: number;
}

/** A call that failed. */
export interface ErrorEvent extends ResponseEvent {
  readonly error: FlyteError;
}

/** Tells the observers of the beginning and the end of a call. */
export function hooksInterceptor(call: Call, hooks: CallHooks): Interceptor {
  return (next) => async (request) => {
    const startedAt = performance.now();
    const end = () => ({
      rpc: call.rpc,
      attempts: call.attempts,
      latencyMs: performance.now() - startedAt,
    });
    tell(hooks.onRequest, { rpc: call.rpc, timeoutMs: call.timeoutMs });
    try {
      const response = await next(request);
      tell(hooks.onResponse, end());
      return response;
    } catch (thrown) {
      const error = toFlyteError(thrown, call);
      tell(hooks.onError, { ...end(), error });
      throw error;
    }
  };
}

function tell<Event>(hook: ((event: Event) => void) | undefined, event: Event): void {
  try {
    hook?.(event);
  } catch {
    // The call goes on: it has nothing to do with its observers.
  }
}
