import { Code } from "@connectrpc/connect";

import { isFlyteError } from "./flyte-error.js";

/** A gRPC status code by its name in the gRPC specification. `OK` is not among them: it is no error. */
export type StatusCode =
  | "CANCELLED"
  | "UNKNOWN"
  | "INVALID_ARGUMENT"
  | "DEADLINE_EXCEEDED"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  | "PERMISSION_DENIED"
  | "RESOURCE_EXHAUSTED"
  | "FAILED_PRECONDITION"
  | "ABORTED"
  | "OUT_OF_RANGE"
  | "UNIMPLEMENTED"
  | "INTERNAL"
  | "UNAVAILABLE"
  | "DATA_LOSS"
  | "UNAUTHENTICATED";

const namesByNumber: Readonly<Record<number, StatusCode | undefined>> = {
  [Code.Canceled]: "CANCELLED",
  [Code.Unknown]: "UNKNOWN",
  [Code.InvalidArgument]: "INVALID_ARGUMENT",
  [Code.DeadlineExceeded]: "DEADLINE_EXCEEDED",
  [Code.NotFound]: "NOT_FOUND",
  [Code.AlreadyExists]: "ALREADY_EXISTS",
  [Code.PermissionDenied]: "PERMISSION_DENIED",
  [Code.ResourceExhausted]: "RESOURCE_EXHAUSTED",
  [Code.FailedPrecondition]: "FAILED_PRECONDITION",
  [Code.Aborted]: "ABORTED",
  [Code.OutOfRange]: "OUT_OF_RANGE",
  [Code.Unimplemented]: "UNIMPLEMENTED",
  [Code.Internal]: "INTERNAL",
  [Code.Unavailable]: "UNAVAILABLE",
  [Code.DataLoss]: "DATA_LOSS",
  [Code.Unauthenticated]: "UNAUTHENTICATED",
} satisfies Record<Code, StatusCode>;

/** The name of a Connect code, which is numbered as gRPC's codes are. A number outside 1 to 16 is `UNKNOWN`. */
export function statusCodeOf(code: Code): StatusCode {
  return namesByNumber[code] ?? "UNKNOWN";
}

/** The names of all codes. */
export function statusCodes(): readonly string[] {
  return Object.keys(statusByCode);
}

/** The number of a code's name. */
export function numberOfStatus(name: StatusCode): Code {
  const codes = Object.values(Code).filter((code) => typeof code === "number");
  return codes.find((code) => namesByNumber[code] === name) ?? Code.Unknown;
}

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
