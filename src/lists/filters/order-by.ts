import { create } from "@bufbuild/protobuf";

import type { Sort } from "../../../gen/flyteidl/admin/common_pb.js";
import { Sort_Direction, SortSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import { InvalidOptionError } from "../../errors/index.js";
import { describeValue, invalidOption, suggestionOf } from "../../internal/validation/index.js";
import type { ColumnTable } from "./column.js";
import type { EntityColumns, FilterEntity, FilterTable } from "./entities.js";

/** The names of the fields that a list of E sorts by. */
export type SortKey<E extends FilterEntity> = {
  [K in keyof EntityColumns[E]]: EntityColumns[E][K] extends { readonly sort: false } ? never : K;
}[keyof EntityColumns[E]];

/**
 * The order of a list. FlyteAdmin sorts by one column only, and leaves rows that are equal in it in
 * no order, so that pages may repeat or miss some of them.
 */
export interface OrderBy<E extends FilterEntity> {
  /** The field to sort by. */
  readonly field: SortKey<E>;
  /** @defaultValue "ascending" (on the wire itself, FlyteAdmin's default is descending) */
  readonly direction?: "ascending" | "descending" | undefined;
}

/**
 * Writes an order as the server reads it. There always is one: without a sort, FlyteAdmin's pages
 * have no order at all.
 *
 * The default is by `id`, the number of the row, which no two rows share and to whose end new rows
 * come; where the server cannot sort by it, by `name`.
 *
 * @throws InvalidOptionError when the list cannot sort by the field, or the direction is unknown.
 */
export function toSort<E extends FilterEntity>(
  { entity, columns }: FilterTable<E>,
  orderBy: OrderBy<E> | undefined,
): Sort {
  const order = orderBy ?? { field: "id" in columns ? "id" : "name" };
  if (typeof order !== "object") {
    throw invalidOption(
      "orderBy",
      'an object such as { field: "createdAt", direction: "descending" }',
      order,
    );
  }
  return create(SortSchema, {
    key: sortColumn(entity, columns, order.field),
    direction: sortDirection("direction" in order ? order.direction : undefined),
  });
}

function sortColumn(entity: FilterEntity, columns: ColumnTable, field: unknown): string {
  const column =
    typeof field === "string" && Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (column !== undefined && column.sort !== false) return column.column;
  const valid = Object.keys(columns).filter((name) => columns[name]?.sort !== false);
  // A field that is only filtered by is spelt right: another one like it would be none that was meant.
  const suggestion = column === undefined ? suggestionOf(field, valid) : undefined;
  const remedy = suggestion ?? `A list of ${entity} rows sorts by ${valid.join(", ")}.`;
  throw new InvalidOptionError(
    `orderBy.field is ${describeValue(field)}, which is not a field to sort by. ${remedy}`,
    { option: "orderBy.field" },
  );
}

function sortDirection(direction: unknown): Sort_Direction {
  if (direction === undefined || direction === "ascending") return Sort_Direction.ASCENDING;
  if (direction === "descending") return Sort_Direction.DESCENDING;
  throw invalidOption("orderBy.direction", '"ascending" or "descending"', direction);
}
