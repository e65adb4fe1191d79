import { requireInteger } from "../../internal/validation/index.js";

/**
 * Checks a number of concurrent calls, and returns it.
 *
 * @throws InvalidOptionError when it is not an integer from 1 to 1000
 */
export function requireConcurrency(value: number): number {
  return requireInteger(value, "concurrency", { min: 1, max: 1000 });
}
