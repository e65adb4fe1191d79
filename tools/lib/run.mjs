import { spawn } from "node:child_process";
import { root } from "./project.mjs";

/**
 * How a program ended.
 * @typedef {object} Ended
 * @property {boolean} ok true for exit code 0
 * @property {string} output stdout and stderr as they came; empty when they were shown instead
 * @property {string} stdout
 * @property {string} how what ended it, in words
 */

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the project's folder when left out
 * @property {Record<string, string>} [env] added to this process's own
 * @property {number} [timeoutMs] the program and all it started are killed after this; 10 minutes when left out,
 *   which only a hang reaches; no limit when 0
 * @property {boolean} [show] lets the program write to this terminal
 */

/** @type {Set<number>} */
const running = new Set();

/**
 * Kills a program and what it started.
 * @param {number} pid
 */
function killTree(pid) {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It had ended by itself.
  }
}

process.once("exit", () => {
  for (const pid of running) killTree(pid);
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.once(signal, () => process.exit(130));
}

/**
 * Runs a program to its end, without standard input and for a bounded time.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function run(program, args, options = {}) {
  const { cwd = root, env = {}, timeoutMs = 600_000, show = false } = options;
  // Windows has npm as a script only, which is not spawned without a shell.
  const npm =
    program === "npm" && process.platform === "win32" ? process.env["npm_execpath"] : undefined;
  return new Promise((resolve) => {
    const child = spawn(
      npm === undefined ? program : process.execPath,
      npm === undefined ? args : [npm, ...args],
      {
        cwd,
        env: { ...process.env, ...(show ? {} : { NO_COLOR: "1" }), ...env },
        stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
        detached: process.platform !== "win32",
      },
    );
    const { pid } = child;
    if (pid !== undefined) running.add(pid);

    let output = "";
    let stdout = "";
    let timedOut = false;
    child.stdout?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
      stdout += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
    });
    const onTimeout = () => {
      timedOut = true;
      if (pid !== undefined) killTree(pid);
    };
    const timer = timeoutMs > 0 ? setTimeout(onTimeout, timeoutMs) : undefined;

    /**
     * @param {boolean} ok
     * @param {string} how
     */
    const end = (ok, how) => {
      clearTimeout(timer);
      if (pid !== undefined) running.delete(pid);
      resolve({ ok, output, stdout, how });
    };
    child.once("error", (error) => end(false, error.message));
    child.once("close", (code, signal) => {
      if (timedOut) end(false, `it did not end within ${timeoutMs / 1000} s`);
      else end(code === 0, code === null ? `killed by ${signal}` : `exit code ${code}`);
    });
  });
}

/**
 * Runs a program file with this Node.
 * @param {string} file
 * @param {readonly string[]} [args]
 * @param {RunOptions} [options]
 */
export function runNode(file, args = [], options = {}) {
  return run(process.execPath, [file, ...args], options);
}

/**
 * Runs a TypeScript file with this Node, from source: `flyte-admin-client` stands for src/ there.
 * @param {string} file
 * @param {readonly string[]} [args]
 * @param {RunOptions} [options]
 */
export function runTypeScript(file, args = [], options = {}) {
  return run(process.execPath, ["--import", "tsx", file, ...args], options);
}

/**
 * Starts a program that runs until it is stopped, and shows nothing of it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {{ stop: () => void }}
 */
export function start(program, args, { cwd = root } = {}) {
  const child = spawn(program, args, {
    cwd,
    stdio: "ignore",
    detached: process.platform !== "win32",
  });
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  // Whoever asks it will notice.
  child.once("error", () => undefined);
  return {
    stop: () => {
      if (pid === undefined) return;
      running.delete(pid);
      killTree(pid);
    },
  };
}
