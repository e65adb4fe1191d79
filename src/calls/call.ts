import type { Interceptor } from "@connectrpc/connect";

import type { FlyteError } from "../errors/index.js";

/** A call on its way through the interceptors. Each call has its own. */
export interface Call {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  /** The time limit of the whole call in milliseconds, or `undefined` for none. */
  readonly timeoutMs: number | undefined;
  /** The request's id in logs, the same for all attempts; `undefined` when none is sent. */
  requestId: string | undefined;
  /** Returns the rest of the time limit in milliseconds; 0 or less when it is over. */
  remainingMs(): number | undefined;
  /** Returns the time since the call began, in milliseconds. */
  latencyMs(): number;
  /** The number of times that the request has been passed to the transport. */
  attempts: number;
  /** The last attempt's failure, when another attempt follows it. */
  lastFailure: FlyteError | undefined;
  /**
   * Says what a sign-in has not brought yet, while the call waits for a token; `undefined` while it waits for none.
   */
  signInState: (() => string | undefined) | undefined;
}

/** Runs a request: the next interceptor, or the transport. */
export type Next = Parameters<Interceptor>[0];

/** Starts the clock of a call. */
export function startCall(rpc: string, timeoutMs: number | undefined): Call {
  const startedAt = performance.now();
  const latencyMs = (): number => performance.now() - startedAt;
  return {
    rpc,
    timeoutMs,
    requestId: undefined,
    remainingMs: () => (timeoutMs === undefined ? undefined : Math.ceil(timeoutMs - latencyMs())),
    latencyMs,
    attempts: 0,
    lastFailure: undefined,
    signInState: undefined,
  };
}
