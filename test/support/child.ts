import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A program of the tests that runs in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** The next line that it prints. */
  line(): Promise<string>;
  /** The status that it ends with by itself. */
  readonly ended: Promise<number | null>;
}

/** Runs a TypeScript file with a value that it gets as JSON. */
export function startChild(file: URL, input: unknown): Child {
  const child = spawn(process.execPath, ["--import", "tsx", file.pathname, JSON.stringify(input)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    process: child,
    line: async () => String((await lines.next()).value),
    ended: new Promise((resolve) => child.once("exit", resolve)),
  };
}
