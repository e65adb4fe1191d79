import {
  ConnectionError,
  FlyteError,
  InvalidFilterError,
  InvalidIdentifierError,
  InvalidOptionError,
  NotFoundError,
  PermissionDeniedError,
  UnauthenticatedError,
} from "../../errors/index.js";
import { LiteralError } from "../../values/literals/index.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";

const usageErrors = [InvalidFilterError, InvalidIdentifierError, InvalidOptionError, LiteralError];

/** The exit code of an error that ended a command. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (usageErrors.some((kind) => error instanceof kind)) return exitCodes.usage;
  if (error instanceof UnauthenticatedError || error instanceof PermissionDeniedError) {
    return exitCodes.permission;
  }
  if (error instanceof NotFoundError) return exitCodes.notFound;
  if (error instanceof ConnectionError) return exitCodes.connection;
  if (error instanceof FlyteError) {
    const isOfWire = error.code === "DEADLINE_EXCEEDED" || error.code === "UNAVAILABLE";
    return isOfWire ? exitCodes.connection : exitCodes.error;
  }
  return exitCodes.error;
}
