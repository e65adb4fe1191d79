import { run } from "@stricli/core";

import { createCliApp } from "./app.js";
import type { CliProcess } from "./cli-context.js";
import { exitCodes } from "./exit-codes.js";

/** Node's process, or what stands for it. */
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
  const endWith = (exitCode: number) => (): void => {
    process.exitCode = exitCode;
    ending.abort();
  };
  const onInterrupt = endWith(exitCodes.interrupted);
  const onTerminate = endWith(exitCodes.terminated);
  const onBrokenPipe = endWith(exitCodes.succeeded);
  process.once("SIGINT", onInterrupt);
  process.once("SIGTERM", onTerminate);
  process.stdout.on("error", onBrokenPipe);
  process.stderr.on("error", onBrokenPipe);
  try {
    const context = { process, signal: ending.signal, now: () => new Date() };
    await run(createCliApp(), process.argv.slice(2), { ...context, locale: "en" });
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onTerminate);
  }
  // The parser's own codes are negative: all of them are about what was typed.
  if (Number(process.exitCode) < 0) process.exitCode = exitCodes.usage;
}
