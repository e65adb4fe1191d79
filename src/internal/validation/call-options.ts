import type { CallOptions } from "../call-options.js";
import { type OptionNames, type OtherArgument, requireKnownOptions } from "./known-options.js";
import { checkFunction, checkSignal, requireObject, requireTimeLimit } from "./require-value.js";

/** The names of Connect's options of a call, which every function takes. */
export const callOptionNames: OptionNames<CallOptions> = {
  timeoutMs: true,
  headers: true,
  signal: true,
  onHeader: true,
  onTrailer: true,
  contextValues: true,
};

/**
 * Checks the options of one call.
 *
 * @throws InvalidOptionError for an unknown name or an invalid value
 */
export function checkCallOptions(options: CallOptions | undefined): void {
  if (options === undefined) return;
  requireKnownOptions(options, callOptionNames);
  checkCallValues(options);
}

/**
 * Checks the options of a function that has more than those of a call, and returns them.
 *
 * @throws InvalidOptionError for an unknown name or an invalid value among those of a call
 */
export function requireOptions<T extends CallOptions>(
  options: T,
  names: OptionNames<T>,
  other?: OtherArgument,
): T {
  requireKnownOptions(options, names, "options", "an object", other);
  checkCallValues(options);
  return options;
}

/** Returns the options of a function that hold for each of its calls. */
export function callOptionsOf({
  timeoutMs,
  headers,
  signal,
  onHeader,
  onTrailer,
  contextValues,
}: CallOptions): CallOptions {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(headers !== undefined && { headers }),
    ...(signal !== undefined && { signal }),
    ...(onHeader !== undefined && { onHeader }),
    ...(onTrailer !== undefined && { onTrailer }),
    ...(contextValues !== undefined && { contextValues }),
  };
}

function checkCallValues(options: CallOptions): void {
  checkSignal(options.signal);
  requireTimeLimit(options.timeoutMs);
  checkFunction(options.onHeader, "onHeader");
  checkFunction(options.onTrailer, "onTrailer");
  if (options.contextValues !== undefined) {
    requireObject(options.contextValues, "contextValues", "context values, as of withRetry()");
  }
}
