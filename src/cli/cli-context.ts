import type { OutputStream } from "./output/index.js";

/** A stream of the process that commands write to. */
export type CliStream = OutputStream & NodeJS.EventEmitter;

/** The parts of Node's process that commands use. */
export interface CliProcess {
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly env: NodeJS.ProcessEnv;
  exitCode?: number | string | null | undefined;
}

/** The surroundings of a command. */
export interface CliContext {
  readonly process: CliProcess;
  /** Aborts when the command is ended from outside, or nobody reads its output. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}
