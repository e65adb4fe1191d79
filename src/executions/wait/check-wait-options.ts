import { InvalidOptionError } from "../../errors/index.js";
import type { UpdatesOptions } from "./wait-options.js";

/**
 * Checks a time limit.
 *
 * @throws InvalidOptionError when it is no number above 0
 */
export function checkWaitOptions({ timeoutMs }: UpdatesOptions): void {
  if (timeoutMs === undefined || timeoutMs > 0) return;
  throw new InvalidOptionError(
    `timeoutMs is ${timeoutMs}; it must be a number of milliseconds above 0, or left out to wait as long as it takes`,
    { option: "timeoutMs" },
  );
}
