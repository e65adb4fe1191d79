import {
  ConnectionError,
  FlyteError,
  InvalidFilterError,
  InvalidIdentifierError,
  InvalidOptionError,
  NotFoundError,
  PermissionDeniedError,
  UnauthenticatedError,
} from "../errors/index.js";
import { LiteralError } from "../values/literals/index.js";

/** The exit codes of the command. Scripts rest on them: docs/guides/command-line.md lists them. */
export const exitCodes = {
  succeeded: 0,
  /** Any error without a code of its own. */
  error: 1,
  /** A flag, an argument, a condition or an input is wrong. */
  usage: 2,
  /** The server cannot be reached, or did not answer in time. */
  connection: 3,
  /** Not signed in, or not allowed. */
  permission: 4,
  notFound: 5,
  failed: 10,
  aborted: 11,
  timedOut: 12,
  /** It still runs: the time to wait is over, or outputs are not there yet. */
  notTerminal: 13,
  /** Ended by Ctrl-C. */
  interrupted: 130,
  /** Ended by SIGTERM. */
  terminated: 143,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of an execution, a node or an attempt in a phase. */
export function exitCodeOfPhase(phase: string): ExitCode {
  switch (phase) {
    case "SUCCEEDED":
    case "RECOVERED":
    case "SKIPPED":
      return exitCodes.succeeded;
    case "FAILED":
      return exitCodes.failed;
    case "ABORTED":
      return exitCodes.aborted;
    case "TIMED_OUT":
      return exitCodes.timedOut;
    default:
      return exitCodes.notTerminal;
  }
}

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
