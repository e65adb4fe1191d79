import { Code } from "@connectrpc/connect";

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
  return Object.values(namesByNumber).filter((name) => name !== undefined);
}

/** The number of a code's name. */
export function numberOfStatus(name: StatusCode): Code {
  const codes = Object.values(Code).filter((code) => typeof code === "number");
  return codes.find((code) => namesByNumber[code] === name) ?? Code.Unknown;
}
