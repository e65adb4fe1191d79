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
import type { CliContext } from "../cli-context.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { manyLines } from "../output/index.js";

/** Writes an error to stderr, and sets its exit code. */
export function reportError({ process }: CliContext, error: unknown): void {
  process.stderr.write(`${formatError(error, process.env)}\n`);
  process.exitCode = exitCodeOfError(error);
}

/**
 * Returns the text of an error for stderr. Errors of this package say what is wrong and what to do; another one is a
 * defect, and comes with its stack where `FLYTE_LOG=debug` asks for it.
 */
function formatError(error: unknown, env: NodeJS.ProcessEnv): string {
  if (!(error instanceof Error)) return manyLines(`error: ${String(error)}`);
  const isExpected = error instanceof FlyteError || "code" in error;
  const withStack = !isExpected && env["FLYTE_LOG"]?.trim().toLowerCase() === "debug";
  return manyLines(`error: ${withStack ? (error.stack ?? error.message) : error.message}`);
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
