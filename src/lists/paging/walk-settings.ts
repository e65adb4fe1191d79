import {
  checkFunction,
  invalidOption,
  type OtherArgument,
  requireInteger,
  requireOptions,
} from "../../internal/validation/index.js";
import { listOptionNames, type ListOptions, type ListProgress } from "./list-options.js";

/** The options of a walk, checked and completed. */
export interface WalkSettings {
  readonly pageSize: number | undefined;
  /** Infinite when there is none. */
  readonly limit: number;
  readonly token: string;
  readonly readAhead: number | "auto";
  readonly onPage: ((progress: ListProgress) => void) | undefined;
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
 * Checks the options of a list.
 *
 * @param now - the clock of the walk, in milliseconds
 * @throws InvalidOptionError that names the option, and what it may be.
 */
export function walkSettings(options: ListOptions, now: () => number): WalkSettings {
  requireOptions(options, listOptionNames, queryArgument);
  const { pageSize, limit, token = "", readAhead = "auto", onPage, signal, timeoutMs } = options;
  if (pageSize !== undefined) requireCount("pageSize", pageSize, maxPageSize);
  if (limit !== undefined) requireCount("limit", limit, Number.MAX_SAFE_INTEGER);
  requireToken(token);
  if (readAhead !== false && readAhead !== "auto") {
    requireInteger(readAhead, "readAhead", { min: 0, max: maxReadAhead }, '"auto" or false');
  }
  checkFunction(onPage, "onPage");
  return {
    pageSize,
    limit: limit ?? Infinity,
    token,
    readAhead: readAhead === false ? 0 : readAhead,
    onPage,
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
