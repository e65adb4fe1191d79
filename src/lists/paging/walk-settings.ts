import { InvalidOptionError } from "../../errors/index.js";
import { requireObject } from "../../internal/require-object.js";
import type { ListOptions, ListProgress } from "./list-options.js";

/** What a walk goes by: the options, checked and completed. */
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

/**
 * Checks the options of a list.
 *
 * @param now - the clock of the walk, in milliseconds
 * @throws InvalidOptionError that names the option, and what it may be.
 */
export function walkSettings(options: ListOptions, now: () => number): WalkSettings {
  requireObject(options, "options", "an object such as { limit: 100 }");
  const { pageSize, limit, token = "", readAhead = "auto", onPage, signal, timeoutMs } = options;
  if (pageSize !== undefined) requireCount("pageSize", pageSize, maxPageSize);
  if (limit !== undefined) requireCount("limit", limit, Number.MAX_SAFE_INTEGER);
  requireToken(token);
  if (readAhead !== false && readAhead !== "auto") requireReadAhead(readAhead);
  if (onPage !== undefined && typeof onPage !== "function") {
    throw new InvalidOptionError(`onPage is of type ${typeof onPage}; it must be a function`, {
      option: "onPage",
    });
  }
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
 * Checks a number of rows, and gives it back.
 *
 * @throws InvalidOptionError when it is no whole number from 1 to the largest.
 */
export function requireCount(option: string, value: unknown, largest: number): number {
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= largest) {
    return Number(value);
  }
  throw new InvalidOptionError(
    `${option} is ${describe(value)}; it must be a whole number from 1 to ${largest}`,
    { option },
  );
}

function requireReadAhead(value: unknown): void {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= maxReadAhead) return;
  throw new InvalidOptionError(
    `readAhead is ${describe(value)}; it must be a whole number from 0 to ${maxReadAhead}, "auto" or false`,
    { option: "readAhead" },
  );
}

function requireToken(token: unknown): void {
  const isOffset =
    typeof token === "string" && /^\d{0,19}$/.test(token) && BigInt(token) < 2n ** 63n;
  if (isOffset) return;
  throw new InvalidOptionError(
    `token is ${describe(token)}; it must be the nextToken of a page, which is a decimal offset`,
    { option: "token" },
  );
}

function describe(value: unknown): string {
  return typeof value === "number"
    ? String(value)
    : typeof value === "string"
      ? JSON.stringify(value.slice(0, 40))
      : `of type ${typeof value}`;
}
