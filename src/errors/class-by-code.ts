import { FlyteError, type FlyteErrorOptions } from "./flyte-error.js";
import type { StatusCode } from "./status-code.js";
import {
  AlreadyExistsError,
  CanceledError,
  ConnectionError,
  DeadlineExceededError,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  PermissionDeniedError,
  ResourceExhaustedError,
  UnauthenticatedError,
} from "./status-errors.js";

type ErrorClass = new (message: string, options?: FlyteErrorOptions) => FlyteError;

/** The class for each code. `FlyteError` itself where callers do not branch. */
export const classByCode: Readonly<Record<StatusCode, ErrorClass>> = {
  CANCELLED: CanceledError,
  UNKNOWN: FlyteError,
  INVALID_ARGUMENT: InvalidArgumentError,
  DEADLINE_EXCEEDED: DeadlineExceededError,
  NOT_FOUND: NotFoundError,
  ALREADY_EXISTS: AlreadyExistsError,
  PERMISSION_DENIED: PermissionDeniedError,
  RESOURCE_EXHAUSTED: ResourceExhaustedError,
  FAILED_PRECONDITION: FailedPreconditionError,
  ABORTED: FlyteError,
  OUT_OF_RANGE: FlyteError,
  UNIMPLEMENTED: FlyteError,
  INTERNAL: FlyteError,
  UNAVAILABLE: ConnectionError,
  DATA_LOSS: FlyteError,
  UNAUTHENTICATED: UnauthenticatedError,
};
