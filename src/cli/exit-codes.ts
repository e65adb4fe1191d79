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
