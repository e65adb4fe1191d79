import type { Interceptor } from "@connectrpc/connect";

/** A call on its way through the interceptors. Each call has its own. */
export interface Call {
  /** The RPC's name, such as `"ListTaskExecutions"`. */
  readonly rpc: string;
  /** The time limit of the whole call in milliseconds, or `undefined` for none. */
  readonly timeoutMs: number | undefined;
  /** What is left of the time limit in milliseconds; 0 or less when it is over. */
  remainingMs(): number | undefined;
  /** How often the request has been handed to the transport. */
  attempts: number;
}

/** What runs a request: the next interceptor, or the transport. */
export type Next = Parameters<Interceptor>[0];

/** Starts the clock of a call. */
export function startCall(rpc: string, timeoutMs: number | undefined): Call {
  const startedAt = performance.now();
  return {
    rpc,
    timeoutMs,
    remainingMs: () =>
      timeoutMs === undefined ? undefined : Math.ceil(timeoutMs - (performance.now() - startedAt)),
    attempts: 0,
  };
}
