import { databaseError } from "../server-errors.js";
import { type Column, type ColumnKind, type ColumnLiteral, sqlType } from "./column.js";
import type { FilterFunction } from "./filter-grammar.js";
import { likeMatcher } from "./sql-like.js";
import { castValue, compareValues } from "./sql-value.js";

/** A condition on one column, its values still as they were written (durations as nanoseconds). */
export interface Condition {
  /** The entity whose column it is. */
  readonly target: string;
  readonly column: string;
  readonly kind: ColumnKind;
  readonly fn: FilterFunction;
  readonly values: readonly (string | bigint)[];
  /** Set where a missing value counts as this one. */
  readonly missingAs?: number;
}

/** A condition whose values have the column's type. */
export interface BoundCondition extends Omit<Condition, "values"> {
  readonly values: readonly ColumnLiteral[];
}

const operators: Readonly<Record<FilterFunction, string>> = {
  eq: "=",
  ne: "<>",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
  contains: "~~",
  not_like: "!~~",
  value_in: "=",
  value_not_in: "<>",
};

/**
 * Refuses an operator as the database does before it reads any value.
 * @throws UNKNOWN when the column's type lacks the operator
 */
export function checkOperator({ fn, kind, values }: Condition): void {
  const isList = fn === "value_in" || fn === "value_not_in";
  const missing = (right: string) =>
    databaseError(`operator does not exist: ${sqlType(kind)} ${operators[fn]} ${right}`);
  if (values.length > 1 && !isList && fn !== "contains") throw missing("record");
  if (
    (fn === "contains" || fn === "not_like") &&
    kind !== "text" &&
    kind !== "varchar" &&
    kind !== "bytes"
  ) {
    throw missing("unknown");
  }
}

/**
 * Casts the values of a condition to the column's type.
 * @throws UNKNOWN when the database cannot
 */
export function bindCondition(condition: Condition, now: Date): BoundCondition {
  const { fn, kind, values } = condition;
  const sent =
    fn === "contains"
      ? [`%${values.length === 1 ? String(values[0]) : `[${values.join(" ")}]`}%`]
      : values;
  return { ...condition, values: sent.map((value) => castValue(value, kind, now)) };
}

/** A test for rows that meet all conditions. NULL meets none. */
export function compileConditions<R>(
  columns: Readonly<Record<string, Column<R>>>,
  conditions: readonly BoundCondition[],
): (row: R) => boolean {
  const tests = conditions.map((condition) => compileCondition(columns, condition));
  return (row) => {
    for (const test of tests) if (!test(row)) return false;
    return true;
  };
}

function compileCondition<R>(
  columns: Readonly<Record<string, Column<R>>>,
  condition: BoundCondition,
): (row: R) => boolean {
  const column = columns[condition.column];
  if (column === undefined) throw databaseError(`column "${condition.column}" does not exist`);
  const test = valueTest(condition);
  const { missingAs } = condition;
  return (row) => {
    const value = column.read(row) ?? missingAs ?? null;
    return value !== null && test(value);
  };
}

function valueTest({ fn, values }: BoundCondition): (value: ColumnLiteral) => boolean {
  const [first = ""] = values;
  switch (fn) {
    case "eq":
      return (value) => compareValues(value, first) === 0;
    case "ne":
      return (value) => compareValues(value, first) !== 0;
    case "gt":
      return (value) => value > first;
    case "gte":
      return (value) => value >= first;
    case "lt":
      return (value) => value < first;
    case "lte":
      return (value) => value <= first;
    case "contains":
      return textTest(likeMatcher(String(first)));
    case "not_like": {
      const like = textTest(likeMatcher(String(first)));
      return (value) => !like(value);
    }
    case "value_in":
      return membershipTest(values);
    case "value_not_in": {
      const isMember = membershipTest(values);
      return (value) => !isMember(value);
    }
  }
}

function membershipTest(values: readonly ColumnLiteral[]): (value: ColumnLiteral) => boolean {
  const members = new Set(values.map(String));
  return (value) => members.has(String(value));
}

function textTest(matches: (text: string) => boolean): (value: ColumnLiteral) => boolean {
  return (value) => matches(String(value));
}
