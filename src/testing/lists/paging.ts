import { invalidArgument, invalidValue } from "../server-errors.js";

const maxInt64 = 2n ** 63n - 1n;

/**
 * Requires a page size, as every list but ListProjects does.
 * @throws INVALID_ARGUMENT when it is 0
 */
export function requireLimit(limit: number): void {
  if (limit === 0) throw invalidValue("limit");
}

/**
 * The offset that a token stands for: the decimal number of rows to skip.
 * @param rpc - the name that the error text has for the list, where it has one
 * @throws INVALID_ARGUMENT when the token is not a number or below 0
 */
export function parseToken(token: string, rpc: string | undefined): bigint {
  if (token === "") return 0n;
  const offset = /^[+-]?\d+$/.test(token) ? BigInt(token.replace("+", "")) : -1n;
  if (offset < 0n || offset > maxInt64) {
    throw invalidArgument(
      `invalid pagination token ${token}${rpc === undefined ? "" : ` for ${rpc}`}`,
    );
  }
  return offset;
}

/** The token of the page after this one: set when the page is full, whether or not rows follow. */
export function nextToken(offset: bigint, limit: number, rowCount: number): string {
  return rowCount === limit ? String(offset + BigInt(rowCount)) : "";
}

/** One page of rows. A limit of 0 is none. */
export function pageOf<R>(
  rows: readonly R[],
  offset: bigint,
  limit: number,
  reversed = false,
): readonly R[] {
  const length = rows.length;
  const start = offset > BigInt(length) ? length : Number(offset);
  const end = limit === 0 ? length : Math.min(length, start + limit);
  return reversed ? rows.slice(length - end, length - start).reverse() : rows.slice(start, end);
}
