import { isFlyteError } from "./is-flyte-error.js";
import type { StatusCode } from "./status-code.js";

const statusByCode: Readonly<Record<StatusCode, number>> = {
  CANCELLED: 499,
  UNKNOWN: 500,
  INVALID_ARGUMENT: 400,
  DEADLINE_EXCEEDED: 504,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
  FAILED_PRECONDITION: 400,
  ABORTED: 409,
  OUT_OF_RANGE: 400,
  UNIMPLEMENTED: 501,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DATA_LOSS: 500,
  UNAUTHENTICATED: 401,
};

/**
 * Returns the HTTP status that a handler of yours can answer with for an error: that of grpc-gateway for the
 * code of a `FlyteError`, and 500 for anything else.
 *
 * @example
 * ```ts
 * response.status(httpStatusOf(error)).json({ message: String(error) });
 * ```
 */
export function httpStatusOf(error: unknown): number {
  return isFlyteError(error) ? statusByCode[error.code] : 500;
}
