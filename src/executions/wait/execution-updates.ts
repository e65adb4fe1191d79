import { lazily } from "../../internal/lazily.js";
import { requireTimeLimit } from "../../internal/cancellation/index.js";
import type { ExecutionUpdate, UpdatesOptions } from "./wait-options.js";

/**
 * Gives the changes of an execution until it has ended. Every loop begins afresh.
 *
 * @param begin - starts to give them
 * @throws InvalidOptionError for a `timeoutMs` that is not a non-negative number
 */
export function executionUpdates(
  begin: () => Promise<AsyncIterable<ExecutionUpdate>>,
  options: UpdatesOptions = {},
): AsyncIterable<ExecutionUpdate> {
  requireTimeLimit(options.timeoutMs);
  return { [Symbol.asyncIterator]: () => lazily(begin) };
}
