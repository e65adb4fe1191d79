export {
  type DecodedErrorDetail,
  detailFromJson,
  detailsOf,
  readErrorDetails,
  type UndecodedDetail,
} from "./error-details.js";
export {
  type ErrorDetail,
  FlyteError,
  type FlyteErrorOptions,
  httpStatusOf,
  isFlyteError,
  setFields,
} from "./flyte-error.js";
export { isCertificateFault, networkFaultOf } from "./network-fault.js";
export { escapeControls, quote } from "./quote.js";
export { namesCredential, redactText } from "./redact-text.js";
export { removeSecrets } from "./remove-secrets.js";
export { createSecretMask, type Secret, secretsOfHeaders } from "./secret-mask.js";
export {
  closedStream,
  endedContext,
  missingScope,
  saysTooLarge,
  tlsExplanations,
  unusableRequest,
} from "./recognized-texts.js";
export { SignedUrlError, type SignedUrlReason } from "./signed-url-error.js";
export { numberOfStatus, type StatusCode, statusCodeOf, statusCodes } from "./status-code.js";
export {
  AlreadyExistsError,
  CanceledError,
  ConnectionError,
  DeadlineExceededError,
  ExecutionConflictError,
  FailedPreconditionError,
  InvalidArgumentError,
  InvalidFilterError,
  InvalidIdentifierError,
  InvalidOptionError,
  NotFoundError,
  PermissionDeniedError,
  ResourceExhaustedError,
  UnauthenticatedError,
} from "./status-errors.js";
export { errorText, flyteErrorOf, retryAfterMsOf, toFlyteError } from "./to-flyte-error.js";
export { UnexpectedResponseError, UnsupportedByTransportError } from "./wire-errors.js";
export { toBase64 } from "./plain-data.js";
