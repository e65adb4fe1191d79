import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { spawn as spawnInTerminal } from "@lydell/node-pty";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** How a run of the command ended. */
export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that continues. */
export interface RunningCli {
  /** Resolves when stdout, or the terminal, has shown a text. */
  shows(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<CliRun>;
}

/** Input of a run besides its arguments. */
export interface CliInput {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** The command, bundled from source once for a test file, in a home folder of its own. */
export interface Cli {
  readonly home: string;
  readonly main: string;
  run(args: readonly string[], input?: CliInput): Promise<CliRun>;
  start(args: readonly string[], input?: CliInput): RunningCli;
  /** Runs in a terminal; stdout and stderr come as one text. */
  startInTerminal(args: readonly string[], columns: number): RunningCli;
  /** Runs a line of bash in a terminal of 80 columns. */
  startInTerminalShell(line: string): RunningCli;
  /** Runs a line of bash in which `flyte-admin` is the command. */
  shell(line: string): Promise<CliRun>;
  dispose(): void;
}

const endOfRun = "--- the end of this run ---";

/**
 * A line of bash that runs a program and then waits for a line, which is sent when its output was read: node-pty drops
 * what it has not read 200 ms after the terminal's process has ended, which a busy machine takes longer than.
 */
const heldOpen = `trap : INT; "$0" "$@"; status=$?; printf '%s' '${endOfRun}'; read -r; exit "$status"`;

/** Bundles the command, and lets it be run against a server. */
export function createCli(env: Readonly<Record<string, string>> = {}): Cli {
  const folder = mkdtempSync(join(root, ".tmp", "cli-"));
  execFileSync(join(root, "node_modules", ".bin", "esbuild"), [
    join(root, "src", "cli", "main.ts"),
    ...["--bundle", "--platform=node", "--format=esm", "--packages=external", "--splitting"],
    ...["--log-level=warning", `--outdir=${folder}`],
  ]);
  const main = join(folder, "main.js");
  const fullEnv = (more: Readonly<Record<string, string>> = {}) => ({
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    ...env,
    ...more,
  });
  const start = (program: string, args: readonly string[], input: CliInput = {}): RunningCli => {
    const child = spawn(program, args, { env: fullEnv(input.env), stdio: "pipe" });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input.stdin ?? "");
    const shown = new Shown();
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown.add(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = new Promise<CliRun>((resolve) =>
      child.once("close", (exitCode) => {
        resolve({ exitCode, stdout: shown.text, stderr });
      }),
    );
    return {
      shows: (text) => shown.shows(text),
      kill: (signal) => void child.kill(signal),
      ended,
    };
  };
  const bashLine = (line: string): string =>
    `flyte-admin() { "${process.execPath}" "${main}" "$@"; }; ${line}`;
  const startPty = (program: string, args: readonly string[], columns: number): RunningCli => {
    const shown = new Shown();
    const terminal = spawnInTerminal("bash", ["-c", heldOpen, program, ...args], {
      cols: columns,
      rows: 24,
      env: { ...fullEnv(), TERM: "xterm-256color" },
    });
    terminal.onData((text) => {
      shown.add(text);
    });
    void shown.shows(endOfRun).then(() => {
      terminal.write("\n");
    });
    return {
      shows: (text) => shown.shows(text),
      kill: (signal) => {
        if (signal === "SIGINT") terminal.write("\u0003");
        else terminal.kill(signal);
      },
      ended: new Promise((resolve) => {
        terminal.onExit(({ exitCode }) => {
          const [stdout = ""] = shown.text.split(endOfRun);
          resolve({ exitCode, stdout, stderr: "" });
        });
      }),
    };
  };
  return {
    home: folder,
    main,
    run: (args, input) => start(process.execPath, [main, ...args], input).ended,
    start: (args, input) => start(process.execPath, [main, ...args], input),
    startInTerminal: (args, columns) => startPty(process.execPath, [main, ...args], columns),
    startInTerminalShell: (line) => startPty("bash", ["-c", bashLine(line)], 80),
    shell: (line) => start("bash", ["-c", bashLine(line)]).ended,
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The text that a program has written, and who waits for a part of it. */
class Shown {
  text = "";
  #waiting: { readonly text: string; readonly resolve: () => void }[] = [];

  add(text: string): void {
    this.text += text;
    const over = this.#waiting.filter((one) => this.text.includes(one.text));
    this.#waiting = this.#waiting.filter((one) => !over.includes(one));
    for (const { resolve } of over) resolve();
  }

  shows(text: string): Promise<void> {
    if (this.text.includes(text)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ text, resolve });
    });
  }
}
