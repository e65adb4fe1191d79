import { type Sort, Sort_Direction, SortSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import { invalidArgument } from "../rpcs/errors.js";
import { messageText } from "../rpcs/go-format/message-text.js";
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
 * @throws INVALID_ARGUMENT when the key is no column: an empty `Sort` message is refused too
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
  const keyed = rows.map((row) => ({ row, value: column.read(row) }));
  keyed.sort((a, b) => sign * compareNullable(a.value, b.value));
  return keyed.map(({ row }) => row);
}

function compareNullable(a: ColumnValue, b: ColumnValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareValues(a, b);
}
