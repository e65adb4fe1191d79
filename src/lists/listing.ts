import { type Message, toBinary } from "@bufbuild/protobuf";
import type { GenMessage } from "@bufbuild/protobuf/codegenv2";

import type { Sort } from "../../gen/flyteidl/admin/common_pb.js";
import type { CallOptions } from "../internal/call-options.js";
import type { OptionNames } from "../internal/validation/index.js";
import {
  type FilterEntity,
  type FilterTable,
  type OrderBy,
  toFilterString,
  toSort,
  type WhereInput,
} from "./filters/index.js";
import { createPagedList, type ListOptions, type PagedList, pageOptions } from "./paging/index.js";

/** Which rows of an entity a list gives, and in which order. */
export interface EntityQuery<E extends FilterEntity> {
  /**
   * Conditions that all must hold, made with the fields of the entity.
   * @defaultValue every row
   */
  readonly where?: WhereInput<E> | undefined;
  /**
   * The one column to sort by.
   * @defaultValue a column that no two rows share, so that pages neither lose nor repeat rows
   */
  readonly orderBy?: OrderBy<E> | undefined;
}

/** The names of an {@link EntityQuery}. */
export const entityQueryNames: OptionNames<EntityQuery<FilterEntity>> = {
  where: true,
  orderBy: true,
};

/** The fields that all list requests of FlyteAdmin have. */
export interface PageFields {
  readonly limit: number;
  readonly token: string;
  readonly filters: string;
  readonly sortBy: Sort;
}

/** Where the rows of a list come from. */
export interface RowSource<E extends FilterEntity, Row extends Message> {
  readonly rpc: string;
  readonly filters: FilterTable<E>;
  /** What rows are, for their size. */
  readonly schema: GenMessage<Row>;
  /** Asks for one page. */
  readonly fetch: (
    page: PageFields,
    options: CallOptions,
  ) => Promise<{ readonly items: readonly Row[]; readonly token: string }>;
  /** What tells a row from the others of its list. */
  readonly keyOf: (row: Row) => string | number;
  /**
   * Which rows to give, where the server cannot leave the others out.
   * @defaultValue all rows
   */
  readonly keep?: (row: Row) => boolean;
  /**
   * Rejects when what the rows belong to does not exist. Asked only where the server has no row at
   * all, which it answers for what does not exist too.
   * @defaultValue nothing is asked
   */
  readonly checkOwner?: ((options: CallOptions) => Promise<unknown>) | undefined;
}

/** Which rows a list gives that belong to one owner. */
export interface OwnedQuery {
  /**
   * Whether to fail with a `NotFoundError` when the owner of the rows does not exist, in place of
   * giving the empty list that the server gives. It costs one call, and that only for an empty list.
   * @defaultValue `false`
   */
  readonly mustExist?: boolean | undefined;
}

/** The names of an {@link OwnedQuery}. */
export const ownedQueryNames: OptionNames<OwnedQuery> = { mustExist: true };

/**
 * The list behind every list method: filter and sort are written once, then
 * pages are asked for as the caller goes on.
 *
 * @throws InvalidFilterError, InvalidOptionError before any page is asked for
 */
export function listRows<E extends FilterEntity, Row extends Message>(
  source: RowSource<E, Row>,
  query: EntityQuery<E>,
  options: ListOptions = {},
): PagedList<Row> {
  const filters = toFilterString(source.filters, query.where);
  const sortBy = toSort(source.filters, query.orderBy);
  const { keep, checkOwner, schema } = source;
  return createPagedList(
    {
      rpc: source.rpc,
      fetch: async ({ limit, token, signal }) => {
        const call = pageOptions(options, signal);
        const page = await source.fetch({ limit, token, filters, sortBy }, call);
        if (page.items.length === 0 && token === "") await checkOwner?.(call);
        return page;
      },
      ...(keep && { keep }),
      keyOf: source.keyOf,
      byteLengthOf: (row) => toBinary(schema, row).length,
    },
    options,
  );
}
