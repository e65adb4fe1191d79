import type { Interceptor } from "@connectrpc/connect";

import { toFlyteError } from "../errors/index.js";
import { deadlineExceeded, startCallSignal } from "../transports/call-signal.js";
import type { Call } from "./call.js";

/**
 * Ends a call when its time is over or its caller aborts, also where the transport takes no
 * notice of either. All attempts and the waits between share the one limit.
 */
export function deadlineInterceptor(call: Call): Interceptor {
  return (next) => async (request) => {
    const { rpc, timeoutMs } = call;
    const ends = startCallSignal({ rpc, timeoutMs, signal: request.signal });
    try {
      return await ends.run(() => next({ ...request, signal: ends.signal }));
    } catch (thrown) {
      const error = toFlyteError(thrown, call);
      const isOwn = error.code === "DEADLINE_EXCEEDED" && error.serverMessage === undefined;
      // The transport's timer may be first, and knows what was left instead of the limit.
      throw isOwn && timeoutMs !== undefined
        ? deadlineExceeded(rpc, timeoutMs, call.lastFailure)
        : error;
    } finally {
      ends.done();
    }
  };
}
