import { InvalidFilterError } from "../../errors/index.js";
import { findUnstorable } from "../../values/identifiers/index.js";
import type { Condition } from "./condition.js";

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
      `rawFilter was given ${typeof text === "string" ? "an empty string" : `a value of type ${typeof text}`}; it takes a filter such as "eq(phase,FAILED)"`,
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
