import type { CallOptions, Progress } from "../../internal/index.js";
import {
  callOptionNames,
  checkFunction,
  invalidOption,
  type OptionNames,
  type OtherArgument,
  requireInteger,
  requireOptions,
} from "../../internal/validation/index.js";

/** The progress of a walk over a list. */
export interface ListProgress extends Progress {
  /** The RPC that is asked. */
  readonly rpc: string;
  /** The pages that were answered so far, the empty ones too. */
  readonly pages: number;
  /** The rows of these pages, without those that had come before. */
  readonly done: number;
  /** FlyteAdmin does not say how long a list is. */
  readonly total: undefined;
  /** The `token` to continue from here; undefined at the end. */
  readonly nextToken: string | undefined;
}

/** Options of walking a list; Connect's hold for each call. */
export interface ListOptions extends CallOptions {
  /**
   * The rows that one request asks for, from 1 to 65535, beyond which FlyteAdmin's database fails.
   * A page that is too large in bytes is asked for again by halves.
   *
   * @defaultValue 100 for the first page; later ones grow up to 1.5 MiB and 2,500 rows, deep in a list or without
   *   read-ahead up to 5,000, and no more than come in about a second and a half
   */
  readonly pageSize?: number | undefined;
  /** The most items over all pages; no more are asked for. */
  readonly limit?: number | undefined;
  /** The token to begin from: the `nextToken` of a page. FlyteAdmin's tokens are decimal offsets. */
  readonly token?: string | undefined;
  /**
   * The pages that are asked for while earlier ones are read, from 0 to 64; `false` is 0. It begins
   * once the first page has shown that tokens are offsets.
   *
   * However many, no more than 64 MiB are asked for ahead.
   *
   * @defaultValue "auto": 2 to 8, as many as keep the server busy over the round trip and the reader keeps up with;
   *   of 8 MiB together, and what comes well within the time limit of a call. One more request, for a single row
   *   some pages ahead, first shows that the list is long: where it ends before, no more than that one is in vain.
   *   A client remembers how long the last hundred of its lists were, and asks at once for all that a list had before
   */
  readonly readAhead?: number | "auto" | false | undefined;
  /** Called for every page that was answered, in order, before its items are given out. */
  readonly onProgress?: ((progress: ListProgress) => void) | undefined;
}

/** The names of {@link ListOptions}. */
export const listOptionNames: OptionNames<ListOptions> = {
  ...callOptionNames,
  pageSize: true,
  limit: true,
  token: true,
  readAhead: true,
  onProgress: true,
};

/** The options of a walk, checked and completed. */
export interface WalkSettings {
  readonly pageSize: number | undefined;
  /** Infinite when there is none. */
  readonly limit: number;
  readonly token: string;
  readonly readAhead: number | "auto";
  readonly onProgress: ((progress: ListProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
  /** The time limit of each call, in milliseconds, where the caller has set one. */
  readonly timeoutMs: number | undefined;
  /** The time in milliseconds, from any beginning. */
  readonly now: () => number;
}

/** FlyteAdmin's query has one parameter a row, and PostgreSQL takes so many. */
const maxPageSize = 65_535;

const maxReadAhead = 64;

/** The names that belong in the query of a list, where there is one. */
const queryArgument: OtherArgument = {
  argument: "the query, the argument before the options",
  names: { where: true, orderBy: true, mustExist: true },
};

/**
 * Checks the options of a list, and returns the settings of a walk over it.
 *
 * @param now - the clock of the walk, in milliseconds
 * @throws InvalidOptionError that names the option, and what it may be.
 */
export function requireListOptions(options: ListOptions, now: () => number): WalkSettings {
  requireOptions(options, listOptionNames, queryArgument);
  const {
    pageSize,
    limit,
    token = "",
    readAhead = "auto",
    onProgress,
    signal,
    timeoutMs,
  } = options;
  if (pageSize !== undefined) requireCount("pageSize", pageSize, maxPageSize);
  if (limit !== undefined) requireCount("limit", limit, Number.MAX_SAFE_INTEGER);
  requireToken(token);
  if (readAhead !== false && readAhead !== "auto") {
    requireInteger(readAhead, "readAhead", { min: 0, max: maxReadAhead }, '"auto" or false');
  }
  checkFunction(onProgress, "onProgress");
  return {
    pageSize,
    limit: limit ?? Infinity,
    token,
    readAhead: readAhead === false ? 0 : readAhead,
    onProgress,
    signal,
    timeoutMs,
    now,
  };
}

/**
 * Checks a number of rows, and returns it.
 *
 * @throws InvalidOptionError when it is not an integer from 1 to the largest
 */
export function requireCount(option: string, value: unknown, largest: number): number {
  return requireInteger(value, option, { min: 1, max: largest });
}

function requireToken(token: unknown): void {
  const isOffset =
    typeof token === "string" && /^\d{0,19}$/.test(token) && BigInt(token) < 2n ** 63n;
  if (isOffset) return;
  throw invalidOption("token", "the nextToken of a page, which is a decimal offset", token);
}
