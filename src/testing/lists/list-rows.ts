import type { Sort } from "../../../gen/flyteidl/admin/common_pb.js";
import { databaseError } from "../server-errors.js";
import type { FlyteState } from "../store/index.js";
import {
  bindCondition,
  type BoundCondition,
  checkOperator,
  compileConditions,
  type Condition,
} from "./conditions.js";
import type { Entity } from "./entity.js";
import { nextToken, pageOf, parseToken } from "./paging.js";
import { parseFilters, refuseFilters } from "./parse-filters.js";
import { type Order, parseSort, sortRows } from "./sorting.js";

/** The fields that the requests of all lists have. */
export interface ListRequest {
  /** The size of a page; 0 is no limit here, see `requireLimit`. */
  readonly limit: number;
  readonly token: string;
  readonly filters?: string;
  readonly sortBy?: Sort | undefined;
}

/** How a list reads its request. */
export interface ListSettings<R> {
  readonly entity: Entity<R>;
  /**
   * The name that the list has in the error text for a bad token; it is not always the RPC's.
   * @defaultValue none: the text names no list
   */
  readonly rpc?: string;
  /**
   * The entity whose columns filters may name; `unsupported` where filters are refused.
   * @defaultValue `entity`
   */
  readonly filterBy?: Entity<never> | "unsupported";
  /** Conditions that the server adds, given those of the request. */
  readonly addConditions?: (conditions: readonly Condition[]) => readonly Condition[];
  /** The order when the request has none. */
  readonly defaultOrder?: Order;
  /** Returns the database's error for a sort key that passes as a column and cannot sort. */
  readonly sortError?: (key: string) => string | undefined;
}

/** A list request that the server has found to be valid. */
export interface ListQuery<R> {
  readonly entity: Entity<R>;
  readonly conditions: readonly Condition[];
  readonly order: Order | undefined;
  readonly offset: bigint;
  readonly limit: number;
  readonly sortError: string | undefined;
}

/** One page of a list. */
export interface ListPage<R> {
  readonly rows: readonly R[];
  readonly token: string;
}

/**
 * Checks the request of a list as the server does: filters, then the sort, then the token.
 * @throws INVALID_ARGUMENT with the server's text
 */
export function parseListRequest<R>(request: ListRequest, settings: ListSettings<R>): ListQuery<R> {
  const { entity, rpc, filterBy, addConditions, defaultOrder, sortError } = settings;
  const filters = request.filters ?? "";
  const parsed =
    filterBy === undefined
      ? parseFilters(filters, entity)
      : parseForeignFilters(filters, filterBy, entity);
  const order = parseSort(request.sortBy, entity) ?? defaultOrder;
  return {
    entity,
    conditions: addConditions?.(parsed) ?? parsed,
    order,
    offset: parseToken(request.token, rpc),
    limit: request.limit,
    sortError: order && sortError?.(order.key),
  };
}

/** Filters of one entity's columns that the database compares with the columns of another. */
function parseForeignFilters<R>(
  filters: string,
  filterBy: Entity<never> | "unsupported",
  entity: Entity<R>,
): readonly Condition[] {
  if (filterBy === "unsupported") return refuseFilters(filters);
  return parseFilters(filters, filterBy).map((condition) => ({
    ...condition,
    target: entity.code,
  }));
}

/**
 * The page of a query over the rows in its scope, which must be in the order of insertion.
 *
 * Without filters, and sorted by `id` or not at all, a page costs the same at
 * any offset. Everything else is filtered and sorted once until the next write.
 * @throws UNKNOWN where the database would refuse the statement
 */
export function runListQuery<R extends object>(
  state: FlyteState,
  query: ListQuery<R>,
  rows: readonly R[],
): ListPage<R> {
  const conditions = bindConditions(query, state.now());
  const { offset, limit, order } = query;
  const byId = order === undefined || order.key === "id";
  const page =
    byId && conditions.length === 0
      ? pageOf(rows, offset, limit, order?.descending)
      : pageOf(findRows(state, query, conditions, rows), offset, limit);
  return { rows: page, token: nextToken(offset, limit, page.length) };
}

/**
 * One page of a list: the request checked, the rows of its scope filtered,
 * sorted and cut.
 * @throws INVALID_ARGUMENT and UNKNOWN with the server's texts
 */
export function listRows<R extends object>(
  state: FlyteState,
  rows: readonly R[],
  request: ListRequest,
  settings: ListSettings<R>,
): ListPage<R> {
  return runListQuery(state, parseListRequest(request, settings), rows);
}

/**
 * The conditions of a query with their values cast. The database looks at all
 * operators and names before it looks at any value.
 * @throws UNKNOWN where it would refuse the statement
 */
export function bindConditions<R>(query: ListQuery<R>, now: Date): readonly BoundCondition[] {
  const { conditions, entity, sortError } = query;
  if (sortError !== undefined) throw databaseError(sortError);
  for (const condition of conditions) {
    checkColumn(condition, entity);
    checkOperator(condition);
  }
  return conditions.map((condition) => bindCondition(condition, now));
}

/** The rows that meet conditions, each as often as its joins repeat it. */
export function filterRows<R>(
  state: FlyteState,
  entity: Entity<R>,
  conditions: readonly BoundCondition[],
  rows: readonly R[],
): readonly R[] {
  const own = compileConditions(
    entity.columns,
    conditions.filter(({ target }) => target === entity.code),
  );
  const joins = joinedCounts(state, entity, conditions);
  if (joins.length === 0) return rows.filter(own);
  const found: R[] = [];
  for (const row of rows) {
    let times = own(row) ? 1 : 0;
    for (const count of joins) if (times > 0) times *= count(row);
    for (; times > 0; times--) found.push(row);
  }
  return found;
}

function joinedCounts<R>(
  state: FlyteState,
  entity: Entity<R>,
  conditions: readonly BoundCondition[],
): readonly ((row: R) => number)[] {
  const targets = new Set(
    conditions.map(({ target }) => target).filter((target) => target !== entity.code),
  );
  const relations = new Map(
    Object.values(entity.relations).map((relation) => [relation.target, relation]),
  );
  return [...targets].flatMap((target) => {
    const ofTarget = conditions.filter((condition) => condition.target === target);
    return relations.get(target)?.countMatches(state, ofTarget) ?? [];
  });
}

function findRows<R extends object>(
  state: FlyteState,
  query: ListQuery<R>,
  conditions: readonly BoundCondition[],
  rows: readonly R[],
): readonly R[] {
  const { entity, order } = query;
  const key = queryKey(entity.code, order, conditions);
  return state.results.get(rows, key, state.revision(), () => {
    const found = conditions.length === 0 ? rows : filterRows(state, entity, conditions, rows);
    const column = order === undefined ? undefined : entity.columns[order.key];
    if (order === undefined || column === undefined || column.sortsAsConstant === true)
      return found;
    return sortRows(found, column, order.descending);
  });
}

function queryKey(
  code: string,
  order: Order | undefined,
  conditions: readonly BoundCondition[],
): string {
  const written = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}n` : value);
  return JSON.stringify([code, order, conditions], written);
}

function checkColumn<R>({ target, column }: Condition, entity: Entity<R>): void {
  if (target !== entity.code) return;
  const found = Object.hasOwn(entity.columns, column) ? entity.columns[column] : undefined;
  const absent = found === undefined ? `"${column}"` : found.absentAs;
  if (absent !== undefined) throw databaseError(`column ${absent} does not exist`);
}
