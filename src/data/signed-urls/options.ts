import type { FetchFunction, Progress } from "../../internal/index.js";
import {
  checkFunction,
  checkSignal,
  type OptionNames,
  requireInteger,
  requireKnownOptions,
  requireTimeLimit,
} from "../../internal/validation/index.js";

/** Options that downloads and uploads share. */
export interface TransferOptions {
  /** Ends the transfer with a `CanceledError`, or a `DeadlineExceededError` for an `AbortSignal.timeout()`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The time limit of the whole transfer, in milliseconds; 0 and Infinity mean no limit.
   * @defaultValue for an upload 60000 plus 4000 for each MiB; for a download no limit, as
   *   `idleTimeoutMs` ends one that stalls
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The time that the storage may be silent, in milliseconds, before the connection
   * is given up; 0 and Infinity mean for ever.
   * @defaultValue 30000
   */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * The number of retries of a broken transfer, or of an answer of 429 or 5xx. A download counts from zero
   * again whenever bytes have arrived. Certificate errors are never retried.
   * @defaultValue 3
   */
  readonly maxRetries?: number | undefined;
  /**
   * Returns the wait before a retry, in milliseconds, given its number from 1.
   * @defaultValue 200, doubled at each retry, at most 5000
   */
  readonly retryDelayMs?: ((retry: number) => number) | undefined;
  /**
   * The `fetch` that is used.
   * @defaultValue the global `fetch`
   */
  readonly fetch?: FetchFunction | undefined;
  /** Called as the transfer moves on, with its bytes; the total is known where the storage says it. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The names of {@link TransferOptions}. */
export const transferOptionNames: OptionNames<TransferOptions> = {
  signal: true,
  timeoutMs: true,
  idleTimeoutMs: true,
  maxRetries: true,
  retryDelayMs: true,
  fetch: true,
  onProgress: true,
};

/** Options of {@link fetchSignedUrl}. */
export interface FetchSignedUrlOptions extends TransferOptions {
  /**
   * The most bytes to accept; more is a `SignedUrlError` with reason `tooLarge`.
   * @defaultValue 67108864 (64 MiB) for `bytes()`; no bound for a stream
   */
  readonly maxBytes?: number | undefined;
  /**
   * The MD5 that the object must have, as 16 bytes. An MD5 that the storage
   * states in its headers is checked without being asked for.
   */
  readonly md5?: Uint8Array | undefined;
  /**
   * Returns a new URL for the same object. Called at most once, when the storage
   * says that the URL has expired.
   */
  readonly resign?: ((signal: AbortSignal) => Promise<string>) | undefined;
}

/** The names of {@link FetchSignedUrlOptions}. */
const fetchOptionNames: OptionNames<FetchSignedUrlOptions> = {
  ...transferOptionNames,
  maxBytes: true,
  md5: true,
  resign: true,
};

/**
 * Checks the options of a download.
 *
 * @throws InvalidOptionError
 */
export function requireFetchOptions(options: FetchSignedUrlOptions): FetchSignedUrlOptions {
  requireKnownOptions(options, fetchOptionNames);
  const { maxBytes, signal, timeoutMs, maxRetries, onProgress, resign } = options;
  checkSignal(signal);
  requireTimeLimit(timeoutMs);
  checkFunction(onProgress, "onProgress");
  checkFunction(resign, "resign");
  if (maxRetries !== undefined) requireInteger(maxRetries, "maxRetries", { min: 0 });
  if (maxBytes !== undefined) requireInteger(maxBytes, "maxBytes", { min: 0, unit: "bytes" });
  return options;
}

/** The default of {@link FetchSignedUrlOptions.maxBytes} where bytes are collected: 64 MiB. */
export const defaultMaxBytes: number = 64 * 1024 * 1024;

/** Transfer options with their defaults filled in. */
export interface TransferSettings {
  readonly idleTimeoutMs: number;
  readonly maxRetries: number;
  readonly retryDelayMs: (retry: number) => number;
  readonly fetch: FetchFunction;
}

/** Fills in the defaults. */
export function transferSettings(options: TransferOptions): TransferSettings {
  return {
    idleTimeoutMs: requireTimeLimit(options.idleTimeoutMs ?? 30_000, "idleTimeoutMs") ?? 0,
    maxRetries: options.maxRetries ?? 3,
    retryDelayMs: options.retryDelayMs ?? ((retry) => Math.min(200 * 2 ** (retry - 1), 5000)),
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
  };
}
