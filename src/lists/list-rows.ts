import type { DescMessage, Message } from "@bufbuild/protobuf";
import { type Connection, requireDefaults } from "../calls/index.js";
import {
  callOptionsOf,
  type OptionNames,
  requireKnownOptions,
} from "../internal/validation/index.js";
import {
  type FilterEntity,
  type OrderBy,
  toFilterString,
  toSort,
  type WhereInput,
} from "./filters/index.js";
import { describeRows, fetchRows, type ListRpc } from "./list-rpc.js";
import {
  createListMemory,
  createPagedList,
  listOptionNames,
  type ListOptions,
  type PagedList,
  type PageSource,
} from "./paging/index.js";

/** The rows of a list, and their order. */
export interface EntityQuery<E extends FilterEntity> {
  /**
   * Conditions that a row must all meet, made with the fields of the entity.
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

/** The check of the owner of a list's rows. */
export interface OwnedQuery {
  /**
   * Whether to fail with a `NotFoundError` when the owner of the rows does not exist, in place of
   * the empty list that the server returns. It costs one call, and only for an empty list.
   * @defaultValue `false`
   */
  readonly mustExist?: boolean | undefined;
}

/** The names of an {@link OwnedQuery}. */
export const ownedQueryNames: OptionNames<OwnedQuery> = { mustExist: true };

/** The rows of one list RPC. */
export interface RowsQuery<Scope, E extends FilterEntity, Row> {
  readonly scope: Scope;
  readonly query: EntityQuery<E> & OwnedQuery;
  /**
   * Selects rows here, where the server cannot leave the others out.
   * @defaultValue all rows
   */
  readonly keep?: (row: Row) => boolean;
}

/**
 * Lists the rows of a list RPC. Filter and sort are written once; pages are requested as they are
 * read.
 *
 * @throws InvalidFilterError, InvalidOptionError before any page is requested
 */
export function listRows<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
>(
  connection: Connection,
  rpc: ListRpc<Scope, Request, Reply, E, Row>,
  { scope, query, keep }: RowsQuery<Scope, E, Row>,
  options: ListOptions = {},
): PagedList<Row> {
  const filters = toFilterString(rpc.filters, query.where);
  const sortBy = toSort(rpc.filters, query.orderBy);
  const requireOwner = query.mustExist === true ? rpc.requireOwner : undefined;
  const fetch: PageSource<Row>["fetch"] = async ({ limit, token, signal }) => {
    const call = callOptionsOf({ ...options, signal });
    const page = await fetchRows(connection, rpc, scope, { limit, token, filters, sortBy }, call);
    if (page.items.length === 0 && token === "") await requireOwner?.(connection, scope, call);
    return page;
  };
  requireDefaults(connection);
  const request = rpc.toRequest(scope, { limit: 0, token: "", filters, sortBy });
  const memory = connection
    .share(createListMemory)
    .of(`${rpc.method.name} ${JSON.stringify(request)}`);
  return createPagedList({ ...describeRows(rpc), fetch, memory, ...(keep && { keep }) }, options);
}

/**
 * Checks that the query of a list is an object with known names only, and returns it.
 *
 * @param names - the names of the query's type
 * @param expected - the words that follow "query must be"
 * @param optionNames - the names of the argument after the query
 * @throws InvalidOptionError that names what was probably meant, or the argument it belongs to
 */
export function requireQuery<Q extends object>(
  query: Q,
  names: OptionNames<Q>,
  expected = "an object",
  optionNames: Readonly<Record<string, true>> = listOptionNames,
): Q {
  return requireKnownOptions(query, names, "query", expected, {
    argument: "the options, the argument after the query",
    names: optionNames,
  });
}
