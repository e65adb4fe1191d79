import type { FlyteError } from "../errors/index.js";
import type { CallOptions } from "../internal/call-options.js";

/** Whether an attempt of a create that failed may have created what it was to create all the same. */
export function mayBeDone({ code, attempts, serverMessage }: FlyteError): boolean {
  switch (code) {
    case "ALREADY_EXISTS":
      // To a first attempt this is the truth; to a later one it may be about the first.
      return attempts > 1;
    case "UNAVAILABLE":
      return attempts > 0;
    case "DEADLINE_EXCEEDED":
      return serverMessage !== undefined;
    case "INTERNAL":
    case "UNKNOWN":
      return serverMessage === undefined && attempts > 0;
    default:
      return false;
  }
}

/** The options of a call that began at some time, with the time that is left of theirs. */
export function leftOf(options: CallOptions | undefined, startedAt: number): CallOptions {
  const { timeoutMs } = options ?? {};
  if (timeoutMs === undefined || timeoutMs <= 0) return { ...options };
  return { ...options, timeoutMs: Math.max(1, timeoutMs - (Date.now() - startedAt)) };
}
