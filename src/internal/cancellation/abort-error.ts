import {
  CanceledError,
  DeadlineExceededError,
  errorText,
  type FlyteError,
  type FlyteErrorOptions,
  isFlyteError,
} from "../../errors/index.js";

/** The reason of the signals of a client that was closed. */
export class ClientClosedError extends Error {
  constructor() {
    super("the client was closed");
    this.name = "ClientClosedError";
  }
}

/**
 * The error for work that a signal ended: a `DeadlineExceededError` where the signal's own time was
 * over, as with `AbortSignal.timeout()`, else a `CanceledError`. Its cause is the signal's reason.
 *
 * @param subject - what was ended, such as "the upload"
 */
export function abortError(signal: AbortSignal, subject: string): FlyteError {
  const reason: unknown = signal.reason;
  const { isTimeout, words } = describe(reason, "its signal");
  const ErrorClass = isTimeout ? DeadlineExceededError : CanceledError;
  return new ErrorClass(`${subject} was ended: ${words}.`, { cause: reason });
}

/** As {@link abortError}, in the words of an RPC that failed. */
export function callAbortError(
  signal: AbortSignal,
  rpc: string,
  options: FlyteErrorOptions = {},
): FlyteError {
  const reason: unknown = signal.reason;
  const { isTimeout, words } = describe(reason, "the caller's signal");
  const code = isTimeout ? "DEADLINE_EXCEEDED" : "CANCELLED";
  const ErrorClass = isTimeout ? DeadlineExceededError : CanceledError;
  return new ErrorClass(errorText(rpc, code, words), { rpc, cause: reason, ...options });
}

/** The reason of a signal that has aborted, as an error that can be thrown. */
export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  // An abort's default reason may be an error of another realm.
  return isErrorLike(reason) ? reason : abortError(signal, "the work");
}

function describe(
  reason: unknown,
  signal: string,
): { readonly isTimeout: boolean; readonly words: string } {
  if (reason instanceof ClientClosedError) return { isTimeout: false, words: reason.message };
  const isTimeout =
    isFlyteError(reason, "DEADLINE_EXCEEDED") ||
    (isErrorLike(reason) && reason.name === "TimeoutError");
  const text = isErrorLike(reason) ? reason.message : reason;
  const shown = typeof text === "string" && text !== "" ? ` (${text})` : "";
  return {
    isTimeout,
    words: isTimeout ? `${signal} timed out${shown}` : `${signal} was aborted${shown}`,
  };
}

function isErrorLike(value: unknown): value is Error {
  return typeof value === "object" && value !== null && "message" in value && "name" in value;
}
