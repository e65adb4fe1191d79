import type { CliContext, CliProcess } from "./cli-context.js";
import { exitCodes } from "./exit-codes.js";
import { parseArgs, type ParsedCommand } from "./parser.js";

/** Node's process, or a test's in its place. */
export interface RunnableProcess extends CliProcess {
  readonly argv: readonly string[];
  once(event: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  off(event: "SIGINT" | "SIGTERM", listener: () => void): unknown;
}

/**
 * Runs the command line. It ends by itself with an exit code: Ctrl-C and SIGTERM cancel what is in flight, and a second
 * one ends the process at once; a reader that goes away, such as `head`, ends it without an error.
 */
export async function runCli(process: RunnableProcess): Promise<void> {
  const ending = new AbortController();
  let endCode: number | undefined;
  const endWith = (exitCode: number) => (): void => {
    endCode ??= exitCode;
    ending.abort();
  };
  const onInterrupt = endWith(exitCodes.interrupted);
  const onTerminate = endWith(exitCodes.terminated);
  process.once("SIGINT", onInterrupt);
  process.once("SIGTERM", onTerminate);
  process.stdout.on("error", endWith(exitCodes.succeeded));
  process.stderr.on("error", () => undefined);
  try {
    const context = { process, signal: ending.signal, now: () => new Date() };
    const args = await parseArgs(context, process.argv.slice(2));
    if (args !== undefined) await runCommand(context, args);
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
  }
  if (endCode !== undefined) process.exitCode = endCode;
}

async function runCommand(context: CliContext, args: ParsedCommand): Promise<void> {
  // Help and completion need no client.
  const { reportError, runWork } = await import("./run/index.js");
  try {
    await runWork(context, args);
  } catch (error) {
    // What was ended from outside ends without words.
    if (!context.signal.aborted) reportError(context, error);
  }
}
