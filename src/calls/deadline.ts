import type { Interceptor } from "@connectrpc/connect";

import {
  DeadlineExceededError,
  endedContext,
  errorText,
  type FlyteError,
  toFlyteError,
} from "../errors/index.js";
import { callAbortError, withDeadline } from "../internal/cancellation/index.js";
import type { Call } from "./call.js";

/**
 * Ends a call when its time is over or its caller aborts, even if the transport ignores both. All
 * attempts and the waits between them share the one limit.
 */
export function deadlineInterceptor(call: Call): Interceptor {
  return (next) => (request) =>
    withDeadline(
      {
        signals: [request.signal],
        timeoutMs: call.timeoutMs,
        timeoutError: () => deadlineExceeded(call),
        abortError: (source) => callAbortError(source, call.rpc, { attempts: call.attempts }),
      },
      (signal) => next({ ...request, signal }),
    );
}

/** The error of a call whose time is over. */
export function deadlineExceeded(
  call: Call,
  cause: FlyteError | undefined = call.lastFailure,
): DeadlineExceededError {
  const { rpc, timeoutMs = 0, attempts, lastFailure, signInState } = call;
  if (signInState !== undefined) return signInTooLong(call, timeoutMs, signInState());
  const before =
    lastFailure === undefined
      ? ""
      : `; the attempt before the last failed with ${lastFailure.code} (${lastFailure.serverMessage ?? "see cause"})`;
  const words = `there was no answer within ${timeoutMs} ms${before}`;
  return new DeadlineExceededError(errorText(rpc, "DEADLINE_EXCEEDED", words), {
    rpc,
    attempts,
    cause,
  });
}

/**
 * Returns the error of an attempt, or a `DeadlineExceededError` where the attempt ended because the
 * call's time is over. Over gRPC the server knows the deadline too and aborts at the same moment:
 * its abort may be here before the client's timer fires, and looks different on every server.
 */
export function deadlineOrError(call: Call, error: unknown): unknown {
  const remainingMs = call.remainingMs();
  if (remainingMs === undefined || call.timeoutMs === undefined) return error;
  const failure = toFlyteError(error, call);
  // The transport's own timer was first.
  const isTransportTimer =
    failure.code === "DEADLINE_EXCEEDED" && failure.serverMessage === undefined;
  const isOver =
    isTransportTimer ||
    (remainingMs <= 1 && !isAnswer(failure)) ||
    (remainingMs <= minSlackMs && isBrokenConnection(failure)) ||
    (remainingMs <= slackMs(call.timeoutMs) && isAbort(failure));
  return isOver ? deadlineExceeded(call, failure) : error;
}

const minSlackMs = 20;

/** The time by which a server's clock and timers may be ahead of the client's, in milliseconds. */
function slackMs(timeoutMs: number): number {
  return Math.max(minSlackMs, timeoutMs / 20);
}

/** Whether the server has decided about the call. A late answer is still an answer. */
function isAnswer({ code }: FlyteError): boolean {
  switch (code) {
    case "UNAVAILABLE":
    case "INTERNAL":
    case "UNKNOWN":
    case "ABORTED":
    case "CANCELLED":
    case "DEADLINE_EXCEEDED":
      return false;
    default:
      return true;
  }
}

/** Over HTTP/1.1 a server can abort a call only by closing the connection, which also looks like a restart. */
function isBrokenConnection({ code, serverMessage }: FlyteError): boolean {
  return code === "UNAVAILABLE" && serverMessage === undefined;
}

/** Whether a server ended its work on the call before it was done: by a status, a reset stream, or a text about either. */
function isAbort(failure: FlyteError): boolean {
  if (isAnswer(failure)) return false;
  const { code, message, serverMessage = message } = failure;
  return code === "CANCELLED" || code === "DEADLINE_EXCEEDED" || endedContext.test(serverMessage);
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
