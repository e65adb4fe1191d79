import type { ExecutionError } from "../../../../../gen/flyteidl/core/execution_pb.js";

/** How much of an error's message a list returns, in bytes. */
const trimmedBytes = 100;

/**
 * Cuts an error's message to 100 bytes, as lists of executions and nodes do.
 * The rest of a character at the cut goes too, and nothing says that
 * anything was cut.
 */
export function trimErrorMessage(error: ExecutionError): void {
  const bytes = new TextEncoder().encode(error.message);
  if (bytes.length <= trimmedBytes) return;
  error.message = new TextDecoder()
    .decode(bytes.subarray(0, trimmedBytes))
    .replace(/\uFFFD+$/u, "");
}
