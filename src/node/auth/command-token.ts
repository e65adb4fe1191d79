import { execFile } from "node:child_process";

import { isTokenText, signInError, type SignInFlow, tokenFrom } from "../../auth/index.js";
import { InvalidOptionError } from "../../errors/index.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireTimeLimit,
} from "../../internal/validation/index.js";
import { codeOf } from "../config/index.js";

/** Settings of a command. */
export interface CommandTokenOptions {
  /**
   * The longest time that it may run, in milliseconds.
   * @defaultValue 60000
   */
  readonly timeoutMs?: number | undefined;
}

const optionNames: OptionNames<CommandTokenOptions> = { timeoutMs: true };

/** The longest output that is read, in bytes. */
const maxBytes = 131_072;

/**
 * Gets tokens from a command that writes one to its standard output, such as
 * `["gcloud", "auth", "print-identity-token"]`. It runs without a shell, for the first token, before the end of
 * each (where the token says when that is), and after a refusal. Neither its arguments nor its output appear in an error.
 *
 * @throws InvalidOptionError for an empty command
 */
export function commandToken(
  command: readonly string[],
  options: CommandTokenOptions = {},
): SignInFlow {
  requireKnownOptions(options, optionNames);
  requireTimeLimit(options.timeoutMs);
  // The text of a command may hold a secret, so it is not shown.
  const given: unknown = command;
  if (!Array.isArray(given)) {
    throw new InvalidOptionError(
      'command must be an array of the program and its arguments, such as ["gcloud", "auth", "print-identity-token"].',
      { option: "command" },
    );
  }
  const [program, ...args] = command;
  if (program === undefined || program === "") {
    throw new InvalidOptionError(
      "The command is empty. Give the program and each of its arguments as an entry of a list.",
      { option: "command" },
    );
  }
  return tokenFrom(({ signal }) => run(program, args, signal, options.timeoutMs ?? 60_000));
}

function run(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = { signal, timeout: timeoutMs, maxBuffer: maxBytes, windowsHide: true };
    execFile(program, [...args], { ...settings, encoding: "utf8" }, (error, stdout) => {
      const token = stdout.trim();
      if (error === null && isTokenText(token)) resolve(token);
      else reject(failure(program, error, timeoutMs));
    }).stdin?.end();
  });
}

function failure(program: string, error: Error | null, timeoutMs: number): Error {
  // An entry with spaces is most likely a whole command, whose arguments may be secret.
  const [first = "", ...rest] = program.split(/\s+/);
  const name = JSON.stringify(rest.length === 0 ? first : `${first} …`);
  if (error === null) {
    return signInError(
      `the command ${name} wrote something that is not a token`,
      "It must write the token alone to its standard output, on one line.",
      { reason: "failed" },
    );
  }
  const code: unknown = Reflect.get(error, "code");
  const why =
    code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER"
      ? `wrote more than ${maxBytes} bytes`
      : Reflect.get(error, "killed") === true
        ? `did not end within ${timeoutMs} ms`
        : typeof code === "number"
          ? `ended with status ${code}`
          : `cannot be run${codeOf(error)}`;
  // Node's own error holds all arguments.
  const remedy =
    code === "ENOENT" && rest.length > 0
      ? "Give the program and each of its arguments as an entry of a list."
      : "Run it by hand to see why.";
  return signInError(`the command ${name} for a token ${why}`, remedy, { reason: "failed" });
}
