import { InvalidFilterError, InvalidOptionError } from "../../errors/index.js";
import { describeValue } from "../../internal/validation/index.js";
import { enumNames, type EnumValues } from "./enums.js";
import { type Condition, conditionsToFilter, type RawFilter } from "./filter-grammar.js";
import type { FilterEntity, FilterTable } from "./entities.js";
import type { FieldsOf } from "./field-types.js";
import { createFields } from "./fields.js";

/** A condition, or a falsy value in its place, which is skipped: `since && f.createdAt.gte(since)`. */
export type OptionalCondition<E extends FilterEntity> =
  Condition<E> | RawFilter | false | null | undefined | "" | 0 | 0n;

/**
 * The rows of a list: a function from the fields to one condition, or to several that a row must
 * all meet. FlyteAdmin has no OR.
 */
export type WhereInput<E extends FilterEntity> = (
  fields: FieldsOf<E>,
) => OptionalCondition<E> | readonly OptionalCondition<E>[];

/**
 * Evaluates a `where`, and returns its conditions without the falsy ones.
 *
 * @throws InvalidFilterError when a value cannot be sent, or a condition belongs to another list.
 * @throws InvalidOptionError when `where` is not a function, returns something other than conditions, or
 *   leaves out conditions that it made.
 */
export function toConditions<E extends FilterEntity>(
  table: FilterTable<E>,
  where: WhereInput<E> | undefined,
): readonly (Condition | RawFilter)[] {
  if (where === undefined) return [];
  if (typeof where !== "function") {
    throw new InvalidOptionError(
      `where must be a function that returns conditions, got ${describeValue(where)}: write where: (f) => [${exampleCondition(table, where)}]`,
      { option: "where" },
    );
  }
  const made: Condition[] = [];
  const enums = new Map<string, EnumValues<string>>();
  const returned: unknown = where(
    createFields(table, {
      onCondition: (condition) => made.push(condition),
      onRead: (field, column) => {
        if (column.kind === "enum") enums.set(field, column.values);
      },
    }),
  );
  checkReturned(returned, made);
  const conditions: readonly unknown[] = Array.isArray(returned) ? returned : [returned];
  if (conditions.includes(false)) checkComparisons(table, where, enums);
  return conditions
    .filter((condition) => Boolean(condition))
    .map((condition) => requireCondition(table, condition));
}

/** Refuses a result that leaves out conditions: without `return`, or joined by `&&`. */
function checkReturned(returned: unknown, made: readonly Condition[]): void {
  const isOne = made.some((condition) => condition === returned);
  const dropped = made.find((condition) => condition !== returned);
  if (dropped === undefined || (returned !== undefined && !isOne)) return;
  const text = isOne
    ? `where made a condition on ${dropped.field} that it did not return: return all conditions in an array, without && between them`
    : `where made a condition on ${dropped.field} and returned undefined: return the conditions`;
  throw new InvalidOptionError(text, { option: "where" });
}

/**
 * Refuses `f.phase === "FAILED"`. It is false whatever is in the column, as `isOnlyFailed && …` may
 * be, and would be skipped like it: the list would have all rows. The two differ when a name takes
 * the place of the column: then only the comparison can return true.
 */
function checkComparisons<E extends FilterEntity>(
  table: FilterTable<E>,
  where: WhereInput<E>,
  enums: ReadonlyMap<string, EnumValues<string>>,
): void {
  for (const [field, values] of enums) {
    for (const name of enumNames(values)) {
      const onRead = (read: string) => (read === field ? name : undefined);
      if (
        !returnsTrue(() => where(createFields(table, { onCondition: () => undefined, onRead })))
      ) {
        continue;
      }
      throw new InvalidOptionError(
        `where must return conditions, and f.${field} === ${JSON.stringify(name)} is false for every row: write f.${field}.eq(${JSON.stringify(name)})`,
        { option: "where" },
      );
    }
  }
}

function returnsTrue(evaluate: () => unknown): boolean {
  try {
    const returned = evaluate();
    return Array.isArray(returned) ? returned.includes(true) : returned === true;
  } catch {
    // It called an operator of the column that a name has taken the place of.
    return false;
  }
}

/**
 * Writes a `where` in FlyteAdmin's filter grammar.
 *
 * @returns The empty string, which filters nothing, for undefined or no conditions.
 * @throws as {@link toConditions}
 */
export function toFilterString<E extends FilterEntity>(
  table: FilterTable<E>,
  where: WhereInput<E> | undefined,
): string {
  return conditionsToFilter(toConditions(table, where));
}

function requireCondition<E extends FilterEntity>(
  table: FilterTable<E>,
  made: unknown,
): Condition | RawFilter {
  if (!isConditionOrRaw(made)) {
    throw new InvalidOptionError(
      `where must return conditions, got ${describeValue(made)}: return ${exampleCondition(table, made)}, an array of such conditions, or rawFilter("…")`,
      { option: "where" },
    );
  }
  if (!("text" in made) && made.entity !== table.entity) {
    throw new InvalidFilterError(
      `the condition on ${made.field} is for ${made.entity} rows, and this list has ${table.entity} rows: make it with the fields that where is called with`,
      { field: made.field },
    );
  }
  return made;
}

function isConditionOrRaw(made: unknown): made is Condition | RawFilter {
  if (typeof made !== "object" || made === null) return false;
  return "text" in made
    ? typeof made.text === "string"
    : "function" in made && "column" in made && "values" in made && Array.isArray(made.values);
}

/** A condition to show in an error: on a field that the wrong value names, or on a common one. */
function exampleCondition<E extends FilterEntity>(
  { columns }: FilterTable<E>,
  given: unknown,
): string {
  const named = typeof given === "object" && given !== null ? Object.keys(given) : [];
  const usable = [...named, "phase", "state", "name", "signalId"].find(
    (name) => Object.hasOwn(columns, name) && columns[name]?.filter !== false,
  );
  if (usable === "phase") return 'f.phase.in(["FAILED"])';
  return `f.${usable ?? "id"}.eq(…)`;
}
