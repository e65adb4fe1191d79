import type { Column } from "./column.js";
import type { Condition } from "./filter-grammar.js";
import type { DurationInput, TimeInput } from "./values.js";
import type { EntityColumns, FilterEntity, RelatedEntities } from "./entities.js";
import type { EnumValues } from "./enums.js";

/** The conditions that compare a column with one value for equality. No value (NULL) matches neither. */
export interface EqualityOperators<E extends FilterEntity, Value> {
  /** Equals the value. */
  eq(value: Value): Condition<E>;
  /** Does not equal the value. */
  ne(value: Value): Condition<E>;
}

/** The conditions that compare a column with a list of values. No value (NULL) matches neither. */
export interface ListOperators<E extends FilterEntity, Value> {
  /** Equals one of the values. */
  in(values: readonly Value[]): Condition<E>;
  /** Equals none of the values. */
  notIn(values: readonly Value[]): Condition<E>;
}

/** The conditions that compare a column by order. No value (NULL) matches none. */
export interface OrderOperators<E extends FilterEntity, Value> extends EqualityOperators<E, Value> {
  /** Is greater than the value; for times, later. */
  gt(value: Value): Condition<E>;
  /** Is greater than the value or equals it. */
  gte(value: Value): Condition<E>;
  /** Is less than the value; for times, earlier. */
  lt(value: Value): Condition<E>;
  /** Is less than the value or equals it. */
  lte(value: Value): Condition<E>;
}

/** A column of text. */
export interface TextField<E extends FilterEntity>
  extends OrderOperators<E, string>, ListOperators<E, string> {
  /** Holds the text as it is, case-sensitive; `%` and `_` have no meaning. */
  contains(text: string): Condition<E>;
  /**
   * Does not match the whole LIKE pattern: `%` stands for any text, `_` for any one character, and
   * `\` before one of these takes its meaning. Without any of them it means "is not".
   */
  notLike(pattern: string): Condition<E>;
}

/** A column of whole numbers. */
export interface IntField<E extends FilterEntity>
  extends OrderOperators<E, number | bigint>, ListOperators<E, number | bigint> {}

/** A column of times, compared in microseconds: finer values are truncated, as in the column. */
export type TimeField<E extends FilterEntity> = OrderOperators<E, TimeInput>;

/** A column of lengths of time. */
export type DurationField<E extends FilterEntity> = OrderOperators<E, DurationInput>;

/** A column of names from a fixed set. */
export interface EnumField<E extends FilterEntity, Name extends string>
  extends EqualityOperators<E, Name>, ListOperators<E, Name> {}

/** The field of one column, in the conditions of E. */
export type FieldOf<E extends FilterEntity, C extends Column> = C extends {
  readonly kind: "enum";
  readonly values: EnumValues<infer Name>;
}
  ? EnumField<E, Name>
  : C["kind"] extends "text"
    ? TextField<E>
    : C["kind"] extends "int"
      ? IntField<E>
      : C["kind"] extends "time"
        ? TimeField<E>
        : DurationField<E>;

type OwnFields<E extends FilterEntity, Columns> = {
  readonly [
    K in keyof Columns as Columns[K] extends { readonly filter: false } ? never : K
  ]: FieldOf<E, Extract<Columns[K], Column>>;
};

/** The fields that a list of E filters by: its own, and those of related entities under their names. */
export type FieldsOf<E extends FilterEntity> = OwnFields<E, EntityColumns[E]> & {
  readonly [R in RelatedEntities[E]]: OwnFields<E, EntityColumns[R]>;
};
