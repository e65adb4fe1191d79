export { ExecutionConflictError } from "./execution-conflict.js";
export { FlyteError, type ErrorDetail, type FlyteErrorOptions } from "./flyte-error.js";
export { httpStatusOf } from "./http-status.js";
export { InvalidFilterError, InvalidIdentifierError, InvalidOptionError } from "./input-errors.js";
export { isFlyteError } from "./is-flyte-error.js";
export {
  type DecodedErrorDetail,
  readErrorDetails,
  type UndecodedDetail,
} from "./read-error-details.js";
export { toBase64 } from "./plain-data.js";
export { escapeControls, redactText } from "./redaction/index.js";
export type { StatusCode } from "./status-code.js";
export {
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
export { errorText, flyteErrorOf, toFlyteError } from "./to-flyte-error.js";
export { SignedUrlError, type SignedUrlReason } from "./signed-url-error.js";
export { UnexpectedResponseError, UnsupportedByTransportError } from "./wire-errors.js";
