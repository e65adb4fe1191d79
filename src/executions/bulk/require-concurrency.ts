import { InvalidOptionError } from "../../errors/index.js";

const maxConcurrency = 1000;

/**
 * Checks a number of concurrent calls, and gives it back.
 *
 * @throws InvalidOptionError when it is no whole number from 1 to 1000
 */
export function requireConcurrency(value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= maxConcurrency) return value;
  throw new InvalidOptionError(
    `concurrency is ${value}; it must be a whole number from 1 to ${maxConcurrency}`,
    { option: "concurrency" },
  );
}
