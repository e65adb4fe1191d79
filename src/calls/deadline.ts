import type { Interceptor } from "@connectrpc/connect";

import { DeadlineExceededError, errorText, toFlyteError } from "../errors/index.js";
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
      if (!isOwn || timeoutMs === undefined) throw error;
      if (call.signInState !== undefined) throw signInTooLong(call, timeoutMs, call.signInState());
      throw deadlineExceeded(rpc, timeoutMs, call.lastFailure);
    } finally {
      ends.done();
    }
  };
}

function signInTooLong(
  { rpc, attempts }: Call,
  timeoutMs: number,
  state = "the sign-in had not ended",
): DeadlineExceededError {
  const words = `the call was not sent${attempts === 0 ? "" : " again"}: after ${timeoutMs} ms ${state}`;
  const remedy = "Check the sign-in, or sign in before the call (ensureSignedIn of auth).";
  return new DeadlineExceededError(errorText(rpc, "DEADLINE_EXCEEDED", words, remedy), {
    rpc,
    attempts,
  });
}
