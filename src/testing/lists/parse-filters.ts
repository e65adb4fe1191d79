import { adminError, invalidArgument } from "../server-errors.js";
import { Code } from "@connectrpc/connect";
import type { ColumnKind } from "./column.js";
import type { Condition } from "./conditions.js";
import { type Entity, entityCodes } from "./entity.js";
import { type FilterExpression, parseExpression, requireFunction } from "./filter-grammar.js";
import { durationNanos } from "./duration-nanos.js";

/**
 * Reads a filter string against the columns that an entity allows.
 * @throws INVALID_ARGUMENT for the first expression that is wrong, from left to right: its syntax,
 * its entity, its column, its duration and its function are looked at in this order
 */
export function parseFilters<R>(filters: string, entity: Entity<R>): readonly Condition[] {
  if (filters === "") return [];
  return filters.split("+").map((text) => parseCondition(parseExpression(text), entity));
}

/**
 * Reads the filters of a list that allows none: an empty string passes.
 * @throws INTERNAL, or INVALID_ARGUMENT when the first expression is none
 */
export function refuseFilters(filters: string): readonly never[] {
  if (filters === "") return [];
  const [first = ""] = filters.split("+");
  parseExpression(first);
  throw adminError(Code.Internal, "unsupported entity ''");
}

interface ColumnOfFilter {
  readonly target: string;
  readonly column: string;
  readonly kind: ColumnKind;
}

function parseCondition<R>({ fn, field, values }: FilterExpression, entity: Entity<R>): Condition {
  const column = findColumn(field, entity);
  const parsed = column.kind === "duration" ? values.map(durationNanos) : values;
  return { ...column, fn: requireFunction(fn), values: parsed };
}

function findColumn<R>(field: string, entity: Entity<R>): ColumnOfFilter {
  const [prefix, name] = splitPrefix(field);
  if (prefix === undefined || entityCodes.get(prefix) === entity.code)
    return ownColumn(name, entity);
  const relation = entity.relations[prefix];
  if (relation === undefined) {
    throw invalidArgument(
      `'${entityCodes.get(prefix) ?? prefix}' entity is not allowed in filters`,
    );
  }
  const kind = relation.columnKinds.get(name);
  if (kind === undefined) throw invalidFilter(relation.code, name);
  return { target: relation.target, column: relation.columnName(name), kind };
}

function ownColumn<R>(name: string, entity: Entity<R>): ColumnOfFilter {
  const column = Object.hasOwn(entity.columns, name) ? entity.columns[name] : undefined;
  if (column === undefined) throw invalidFilter(entity.code, name);
  return { target: entity.code, column: entity.filterNames?.[name] ?? name, kind: column.kind };
}

function splitPrefix(field: string): readonly [prefix: string | undefined, name: string] {
  const dot = field.indexOf(".");
  const prefix = field.slice(0, Math.max(dot, 0));
  return entityCodes.has(prefix) ? [prefix, field.slice(dot + 1)] : [undefined, field];
}

function invalidFilter(code: string, field: string): Error {
  return invalidArgument(`'${code}.${field}' is invalid filter`);
}
