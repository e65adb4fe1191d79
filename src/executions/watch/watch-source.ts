import type { DescMessage, Message } from "@bufbuild/protobuf";

import type { Connection } from "../../calls/index.js";
import {
  type FilterEntity,
  type OrderBy,
  toFilterString,
  toSort,
  type WhereInput,
} from "../../lists/filters/index.js";
import { fetchRows, type ListRpc, listRows } from "../../lists/index.js";
import type { PagedList } from "../../lists/paging/index.js";

/** The rows of one list RPC in one scope, whatever the filter. */
export interface WatchedScope<Row> {
  /** The name of the RPC. */
  readonly rpc: string;
  /** Returns the key that no other row of the scope has. */
  keyOf(row: Row): string | number;
  /** Asks for rows, those first that were written last. */
  latest(
    page: { readonly limit: number; readonly token: string },
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly Row[]; readonly token: string }>;
}

/** The rows of a scope that meet a filter. */
export interface WatchedList<Row> {
  /** Lists all rows. */
  all(options: {
    readonly limit: number;
    readonly pageSize: number | undefined;
    readonly signal: AbortSignal;
  }): PagedList<Row>;
  /** Returns those of the rows that are in the list, as they are now. */
  pick(rows: readonly Row[], signal: AbortSignal): Promise<readonly Row[]>;
}

/** The particulars of the lists of one kind of row. */
export interface WatchedKind<E extends FilterEntity, Row> {
  /** The order of the last write, newest first. */
  readonly latestFirst: OrderBy<E>;
  /** Takes in rows that the list hides unless a condition asks for them. */
  readonly everyRow?: WhereInput<E>;
  /** Selects the given rows. */
  readonly only: (rows: readonly Row[]) => WhereInput<E>;
  /** Whether a list without conditions has the row. */
  readonly isShown: (row: Row) => boolean;
}

/** Creates the source of a scope. */
export function createScope<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
>(
  connection: Connection,
  rpc: ListRpc<Scope, Request, Reply, E, Row>,
  scope: Scope,
  kind: WatchedKind<E, Row>,
): WatchedScope<Row> {
  const filters = toFilterString(rpc.filters, kind.everyRow);
  const sortBy = toSort(rpc.filters, kind.latestFirst);
  return {
    rpc: rpc.method.name,
    keyOf: rpc.createRowKey(),
    latest: (page, signal) =>
      fetchRows(connection, rpc, scope, { ...page, filters, sortBy }, { signal }),
  };
}

/** The rows that one call picks: their filter stays far from what a URL carries. */
const rowsPerPick = 100;

/** Creates the source of a list. */
export function createList<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
>(
  connection: Connection,
  rpc: ListRpc<Scope, Request, Reply, E, Row>,
  scope: Scope,
  kind: WatchedKind<E, Row>,
  query: { readonly where?: WhereInput<E> | undefined; readonly mustExist?: boolean | undefined },
): WatchedList<Row> {
  const { where } = query;
  const isFiltered = toFilterString(rpc.filters, where) !== "";
  return {
    all: (options) => listRows(connection, rpc, { scope, query }, options),
    async pick(rows, signal) {
      if (where === undefined || !isFiltered) return rows.filter((row) => kind.isShown(row));
      const picked: Row[] = [];
      for (let at = 0; at < rows.length; at += rowsPerPick) {
        const some = kind.only(rows.slice(at, at + rowsPerPick));
        const both: WhereInput<E> = (fields) => [where(fields), some(fields)].flat();
        // A join may find a row several times, so that the limit leaves room.
        const list = listRows(connection, rpc, { scope, query: { where: both } }, { signal });
        for await (const row of list) picked.push(row);
      }
      return picked;
    },
  };
}
