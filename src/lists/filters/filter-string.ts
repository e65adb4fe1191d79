import { InvalidFilterError } from "../../errors/index.js";
import type { Condition } from "./condition.js";
import type { RawFilter } from "./raw-filter.js";

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
