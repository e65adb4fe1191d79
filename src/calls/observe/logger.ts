import type { CallHooks, CallErrorEvent, CallResponseEvent } from "./hooks.js";

/** The receiver of lines about calls: `console`, or a logger with the same four methods. */
export interface Logger {
  /** Writes a line of level debug. */
  readonly debug: (message: string) => void;
  /** Writes a line of level info. */
  readonly info: (message: string) => void;
  /** Writes a line of level warn. */
  readonly warn: (message: string) => void;
  /** Writes a line of level error. */
  readonly error: (message: string) => void;
}

/**
 * Observers that write a line for each call: `debug` for an answer, `warn` for an attempt that is
 * followed by another, `error` for a failure and `info` for one that the caller asked for. No line
 * holds a header, a token or a message's content.
 */
export function loggingHooks(logger: Logger): CallHooks {
  return {
    onRetry: ({ rpc, attempt, delayMs, error }) => {
      const words = `attempt ${attempt} failed with ${error.code}, next in ${Math.round(delayMs)} ms: ${error.message}`;
      logger.warn(`${rpc}: ${words}`);
    },
    onResponse: (event) => {
      logger.debug(`${event.rpc}: OK ${figures(event)}, ${event.responseBytes} bytes`);
    },
    onError: (event) => {
      const line = `${event.rpc}: ${event.code} ${figures(event)}: ${event.error.message}`;
      if (event.code === "CANCELLED") logger.info(line);
      else logger.error(line);
    },
  };
}

function figures({ latencyMs, attempts, requestId }: CallResponseEvent | CallErrorEvent): string {
  const tries = attempts === 1 ? "" : `, ${attempts} attempts`;
  const id = requestId === undefined ? "" : `, request ${requestId}`;
  return `after ${Math.round(latencyMs)} ms${tries}${id}`;
}
