import { invalidOption } from "./require-value.js";

/**
 * Checks a time limit, and returns it, or `undefined` where there is none: the same for calls,
 * waits, transfers and bulk verbs.
 *
 * @param timeoutMs - milliseconds; `undefined`, 0 and Infinity mean no limit
 * @throws InvalidOptionError when it is not a non-negative number
 */
export function requireTimeLimit(
  timeoutMs: number | undefined,
  option = "timeoutMs",
): number | undefined {
  if (timeoutMs === undefined || timeoutMs === 0 || timeoutMs === Infinity) return undefined;
  if (typeof timeoutMs === "number" && timeoutMs > 0) return timeoutMs;
  throw invalidOption(
    option,
    "a non-negative number of milliseconds (0 or Infinity for no limit)",
    timeoutMs,
  );
}
