import type { Logger } from "../calls/index.js";
import { InvalidOptionError, quote } from "../errors/index.js";
import type { Environment } from "./config/index.js";

const levels = ["debug", "info", "warn", "error"] as const;

/**
 * Returns the logger that the environment variable `FLYTE_LOG` asks for, which writes lines of its
 * level and above to stderr; `undefined` where it is not set, empty or `off`.
 *
 * @throws InvalidOptionError for another level
 */
export function loggerFromEnvironment(env: Environment): Logger | undefined {
  const value = env["FLYTE_LOG"]?.trim().toLowerCase() ?? "";
  if (value === "" || value === "off") return undefined;
  const lowest = levels.findIndex((level) => level === value);
  if (lowest === -1) {
    throw new InvalidOptionError(
      `FLYTE_LOG must be ${levels.join(", ")} or off, got ${quote(value)}.`,
      { option: "logger" },
    );
  }
  const writer = (level: (typeof levels)[number]) => (message: string) => {
    if (levels.indexOf(level) < lowest) return;
    process.stderr.write(`flyte ${level} ${message}\n`);
  };
  return {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
  };
}
