import type { CliContext } from "../cli-context.js";
import { exitCodeOfError } from "./exit-code-of-error.js";
import { formatError } from "./format-error.js";

/** Writes an error to stderr, and sets the exit code that stands for it. */
export function reportError({ process }: CliContext, error: unknown): void {
  process.stderr.write(`${formatError(error, process.env)}\n`);
  process.exitCode = exitCodeOfError(error);
}
