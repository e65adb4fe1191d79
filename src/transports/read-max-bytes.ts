import { errorText, ResourceExhaustedError } from "../errors/index.js";
import { invalidOption } from "../internal/validation/index.js";

/** The longest answer that is read where no other limit is given: 64 MiB. */
const defaultReadMaxBytes = 67_108_864;

/**
 * Checks the `readMaxBytes` option.
 *
 * @throws InvalidOptionError for anything but a positive number.
 */
export function readMaxBytesOf(given: number | undefined): number {
  const readMaxBytes = given ?? defaultReadMaxBytes;
  if (readMaxBytes > 0) return readMaxBytes;
  throw invalidOption("readMaxBytes", "a positive number of bytes", readMaxBytes);
}

/** The error for an answer of more than `readMaxBytes`. */
export function answerTooLarge(rpc: string, readMaxBytes: number): ResourceExhaustedError {
  const words = `the answer is larger than max (readMaxBytes is ${readMaxBytes})`;
  return new ResourceExhaustedError(errorText(rpc, "RESOURCE_EXHAUSTED", words), {
    rpc,
    attempts: 1,
  });
}
