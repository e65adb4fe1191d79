import { invalidArgument, invalidValue } from "../server-errors.js";

/** One expression of a filter as it was written. */
export interface FilterExpression {
  readonly fn: string;
  readonly field: string;
  readonly values: readonly string[];
}

// Not anchored and greedy, as the server's: what is before the function is part
// of its name, and what follows the last bracket is not looked at.
const expressionPattern = /([^\n]+)\(([^\n]+),[\t\n\f\r ]?([^\n]+)\)/;

/**
 * Reads one expression of a filter. There is no escaping: every `+` of a filter parts
 * expressions, and every `;` parts values.
 * @throws INVALID_ARGUMENT when it is none
 */
export function parseExpression(text: string): FilterExpression {
  const [, fn, field, value] = expressionPattern.exec(text) ?? [];
  if (fn === undefined || field === undefined || value === undefined) throw invalidValue("filters");
  return { fn, field, values: value.split(";") };
}

/** A function of the filter grammar. */
export type FilterFunction =
  "eq" | "ne" | "gt" | "gte" | "lt" | "lte" | "contains" | "not_like" | "value_in" | "value_not_in";

const functions: ReadonlySet<string> = new Set<FilterFunction>([
  "eq",
  "ne",
  "gt",
  "gte",
  "lt",
  "lte",
  "contains",
  "not_like",
  "value_in",
  "value_not_in",
]);

/** @throws INVALID_ARGUMENT when the function does not exist; names are case-sensitive and not trimmed */
export function requireFunction(name: string): FilterFunction {
  if (!isFunction(name)) throw invalidArgument(`unrecognized filter function: ${name}`);
  return name;
}

function isFunction(name: string): name is FilterFunction {
  return functions.has(name);
}
