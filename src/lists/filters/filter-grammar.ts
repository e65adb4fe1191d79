import { InvalidFilterError } from "../../errors/index.js";
import { describeValue } from "../../internal/validation/index.js";
import { findUnstorable } from "../../values/identifiers/index.js";
import type { FilterEntity } from "./entities.js";

/** The functions of FlyteAdmin's filter grammar. */
export type FilterFunction =
  "eq" | "ne" | "gt" | "gte" | "lt" | "lte" | "contains" | "not_like" | "value_in" | "value_not_in";

/** One condition on the rows of a list, as plain data. Made by the fields that `where` is given. */
export interface Condition<E extends FilterEntity = FilterEntity> {
  /** The list that the condition belongs to. */
  readonly entity: E;
  /** The field as the caller named it, such as `task.name`. */
  readonly field: string;
  /** The field as the server names it, such as `execution_created_at`. */
  readonly column: string;
  /** The server's function, such as `eq`. */
  readonly function: FilterFunction;
  /** The values as the server reads them; one, but for `value_in` and `value_not_in`. */
  readonly values: readonly string[];
}

/** The field of a condition, by all its names. */
export interface ConditionTarget<E extends FilterEntity> {
  readonly entity: E;
  readonly field: string;
  readonly column: string;
}

/**
 * Makes a condition whose values the filter grammar can carry.
 *
 * FlyteAdmin splits a filter at `+`, a condition at its last `,` and a value at `;`, and has no
 * escape for any of them; its values hold no newline and are not empty, save within a list.
 *
 * @throws InvalidFilterError when a value holds what the grammar or the database cannot carry.
 */
export function makeCondition<E extends FilterEntity>(
  target: ConditionTarget<E>,
  func: FilterFunction,
  values: readonly string[],
): Condition<E> {
  const isList = func === "value_in" || func === "value_not_in";
  if (values.length === 0) {
    throw new InvalidFilterError(
      `the list for ${target.field} is empty, which the server cannot read; leave the condition out, or the call`,
      { field: target.field },
    );
  }
  for (const value of values) checkValue(target.field, value, isList);
  return {
    entity: target.entity,
    field: target.field,
    column: target.column,
    function: func,
    values,
  };
}

function checkValue(field: string, value: string, mayBeEmpty: boolean): void {
  if (value === "" && !mayBeEmpty) {
    throw new InvalidFilterError(
      `the value for ${field} is empty, which FlyteAdmin's filters cannot carry; in([""]) matches the empty string`,
      { field },
    );
  }
  const position = value.search(/[,+;\n]/);
  if (position !== -1) {
    throw new InvalidFilterError(
      `the value for ${field} holds ${JSON.stringify(value.charAt(position))} at position ${position}, which FlyteAdmin's filters cannot carry; leave the condition out and filter the returned rows`,
      { field },
    );
  }
  const unstorable = findUnstorable(value);
  if (unstorable !== undefined) {
    throw new InvalidFilterError(
      `the value for ${field} holds ${unstorable.description} at position ${unstorable.position}, which no column can hold`,
      { field },
    );
  }
}

/**
 * The longest filter that is sent, counted after percent-encoding.
 *
 * FlyteAdmin's error messages repeat the filter; beyond some 32,000 bytes they no longer reach a
 * REST client, and can hang an HTTP/2 connection of Node.
 */
export const maxFilterBytes = 24_000;

/**
 * Writes conditions in FlyteAdmin's filter grammar, all of which a row must meet.
 *
 * @returns The empty string for no conditions.
 * @throws InvalidFilterError when the whole is longer than {@link maxFilterBytes}.
 */
export function conditionsToFilter(conditions: readonly (Condition | RawFilter)[]): string {
  const filter = conditions.map(expression).join("+");
  const bytes = encodeURIComponent(filter).length;
  if (bytes > maxFilterBytes) {
    const field = conditions.map((one) => ("text" in one ? "rawFilter" : one.field)).join(", ");
    throw new InvalidFilterError(
      `the filter on ${field.slice(0, 200)} is ${bytes} bytes long when encoded; at most ${maxFilterBytes} are sent, so ask in several calls`,
      { field: field.slice(0, 200) },
    );
  }
  return filter;
}

function expression(condition: Condition | RawFilter): string {
  if ("text" in condition) return condition.text;
  const [only] = condition.values;
  // A lone `;` reads as two empty values; no value at all would not be read.
  const values = only === "" && condition.values.length === 1 ? ";" : condition.values.join(";");
  // The server swallows one white space after the comma.
  const space = /^[ \t\f\r]/.test(values) ? " " : "";
  return `${condition.function}(${condition.column},${space}${values})`;
}

/** A filter in the server's own words, which is sent as it is. */
export interface RawFilter {
  /** The filter in the server's own grammar. */
  readonly text: string;
}

/**
 * Takes a filter in the server's own words, such as `contains(name,%)`: the alternative for what the
 * typed fields do not offer.
 *
 * @throws InvalidFilterError when the text is not a string, is empty, or is not well-formed Unicode.
 */
export function rawFilter(text: string): RawFilter {
  if (typeof text !== "string" || text.length === 0) {
    throw new InvalidFilterError(
      `rawFilter must be a filter such as "eq(phase,FAILED)", got ${describeValue(text)}.`,
      { field: "rawFilter" },
    );
  }
  const unstorable = findUnstorable(text);
  if (unstorable !== undefined) {
    throw new InvalidFilterError(
      `the raw filter holds ${unstorable.description} at position ${unstorable.position}`,
      { field: "rawFilter" },
    );
  }
  return { text };
}
