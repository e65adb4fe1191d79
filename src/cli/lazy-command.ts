import type { CliContext } from "./cli-context.js";

/** The work of a command: its flags, then its arguments. */
export type CommandWork<Flags, Args extends readonly unknown[]> = (
  this: CliContext,
  flags: Flags,
  ...args: Args
) => Promise<void>;

/**
 * Loads the work of a command when it is run, so that `--help` and completion load no client. Its errors end the
 * command with their exit code; one that was ended from outside ends without words.
 */
export function lazily<Flags, Args extends readonly unknown[]>(
  load: () => Promise<CommandWork<Flags, Args>>,
): () => Promise<CommandWork<Flags, Args>> {
  return async () => {
    const work = await load();
    const { reportError } = await import("./report-error.js");
    return async function (flags, ...args) {
      try {
        await work.call(this, flags, ...args);
      } catch (error) {
        if (!this.signal.aborted) reportError(this, error);
      }
    };
  };
}
