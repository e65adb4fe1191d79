export { detailFromJson, detailsOf } from "./details.js";
export { ExecutionConflictError } from "./execution-conflict.js";
export { FlyteError, type ErrorDetail, type FlyteErrorOptions } from "./flyte-error.js";
export { httpStatusOf } from "./http-status.js";
export { InvalidFilterError, InvalidIdentifierError, InvalidOptionError } from "./input-errors.js";
export { isFlyteError } from "./is-flyte-error.js";
export { isCertificateFault, networkFaultOf } from "./network-fault.js";
export { toBase64 } from "./plain-data.js";
export {
  type DecodedErrorDetail,
  readErrorDetails,
  type UndecodedDetail,
} from "./read-error-details.js";
export { escapeControls, redactText } from "./redaction/index.js";
export { retryAfterMsOf } from "./retry-after.js";
export { SignedUrlError, type SignedUrlReason } from "./signed-url-error.js";
export { saysTooLarge } from "./size-limit.js";
export { numberOfStatus, type StatusCode, statusCodeOf } from "./status-code.js";
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
export { UnexpectedResponseError, UnsupportedByTransportError } from "./wire-errors.js";
