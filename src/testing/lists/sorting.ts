import { type Sort, Sort_Direction, SortSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import { invalidArgument } from "../server-errors.js";
import { messageText } from "../go-format/index.js";
import type { Column, ColumnValue } from "./column.js";
import type { Entity } from "./entity.js";
import { compareValues } from "./sql-value.js";

/** The order of a list. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/**
 * Reads the order that a request asks for.
 * @throws INVALID_ARGUMENT when the key is not a column: an empty `Sort` message is refused too
 */
export function parseSort<R>(sort: Sort | undefined, entity: Entity<R>): Order | undefined {
  if (sort === undefined) return undefined;
  if (!Object.hasOwn(entity.columns, sort.key))
    throw invalidArgument(`invalid sort key '${sort.key}'`);
  switch (sort.direction) {
    case Sort_Direction.DESCENDING:
      return { key: sort.key, descending: true };
    case Sort_Direction.ASCENDING:
      return { key: sort.key, descending: false };
    default:
      throw invalidArgument(`invalid sort order specified: ${messageText(SortSchema, sort)}`);
  }
}

/** Rows in order of a column. NULL is larger than everything; ties keep the order of insertion. */
export function sortRows<R>(
  rows: readonly R[],
  column: Column<R>,
  descending: boolean,
): readonly R[] {
  const sign = descending ? -1 : 1;
  const values = rows.map((row) => column.read(row));
  const compare = (a: number, b: number) => sign * compareNullable(values[a], values[b]);
  // Rows are mostly asked for by a time that grew as they were inserted.
  if (isSorted(rows.length, compare)) return rows;
  const order = Uint32Array.from(rows.keys()).sort((a, b) => compare(a, b) || a - b);
  return Array.from(order, (index) => rows[index]).filter((row) => row !== undefined);
}

function isSorted(length: number, compare: (a: number, b: number) => number): boolean {
  for (let index = 1; index < length; index++) if (compare(index - 1, index) > 0) return false;
  return true;
}

function compareNullable(a: ColumnValue | undefined, b: ColumnValue | undefined): number {
  if (a == null || b == null) return Number(a == null) - Number(b == null);
  return compareValues(a, b);
}
