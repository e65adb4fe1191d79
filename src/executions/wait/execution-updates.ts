import { lazily } from "../../internal/lazily.js";
import { checkWaitOptions } from "./check-wait-options.js";
import type { ExecutionUpdate, UpdatesOptions } from "./wait-options.js";

/**
 * Gives the changes of an execution until it has ended. Every loop begins afresh.
 *
 * @param begin - starts to give them
 * @throws InvalidOptionError for a time limit that is none
 */
export function executionUpdates(
  begin: () => Promise<AsyncIterable<ExecutionUpdate>>,
  options: UpdatesOptions = {},
): AsyncIterable<ExecutionUpdate> {
  checkWaitOptions(options);
  return { [Symbol.asyncIterator]: () => lazily(begin) };
}
