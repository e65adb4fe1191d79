import { InvalidFilterError, InvalidOptionError } from "../../errors/index.js";
import type { Condition } from "./condition.js";
import type { FilterEntity, FilterTable } from "./entities.js";
import type { FieldsOf } from "./field-types.js";
import { fieldsOf } from "./fields.js";
import { conditionsToFilter } from "./filter-string.js";
import type { RawFilter } from "./raw-filter.js";

/**
 * Says which rows a list gives: a function from the fields to a condition, or to several, all of
 * which a row must meet. FlyteAdmin has no OR.
 */
export type WhereInput<E extends FilterEntity> = (
  fields: FieldsOf<E>,
) => Condition<E> | RawFilter | readonly (Condition<E> | RawFilter)[];

/**
 * Writes a `where` in FlyteAdmin's filter grammar.
 *
 * @returns The empty string, which filters nothing, for undefined or no conditions.
 * @throws InvalidFilterError when a value cannot be sent, or a condition belongs to another list.
 * @throws InvalidOptionError when `where` is no function, or gives no conditions.
 */
export function toFilterString<E extends FilterEntity>(
  table: FilterTable<E>,
  where: WhereInput<E> | undefined,
): string {
  if (where === undefined) return "";
  if (typeof where !== "function") {
    throw new InvalidOptionError(
      `where is of type ${typeof where}; it must be a function such as (f) => f.id.gt(0)`,
      { option: "where" },
    );
  }
  const made: unknown = where(fieldsOf(table));
  const conditions: readonly unknown[] = Array.isArray(made) ? made : [made];
  return conditionsToFilter(
    conditions.map((condition) => requireCondition(table.entity, condition)),
  );
}

function requireCondition(entity: FilterEntity, made: unknown): Condition | RawFilter {
  if (!isConditionOrRaw(made)) {
    throw new InvalidOptionError(
      `where gave a value of type ${made === null ? "null" : typeof made}; it must give conditions, such as f.id.gt(0), or rawFilter("…")`,
      { option: "where" },
    );
  }
  if (!("text" in made) && made.entity !== entity) {
    throw new InvalidFilterError(
      `the condition on ${made.field} is one for ${made.entity} rows; this list has ${entity} rows`,
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
