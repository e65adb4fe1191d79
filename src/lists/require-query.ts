import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import { listOptionNames } from "./paging/index.js";

/**
 * Checks that the query of a list is an object with known names only, and returns it.
 *
 * @param names - the names of the query's type
 * @param expected - the words that follow "query must be"
 * @param optionNames - the names of the argument after the query
 * @throws InvalidOptionError that names what was probably meant, or the argument it belongs to
 */
export function requireQuery<Q extends object>(
  query: Q,
  names: OptionNames<Q>,
  expected = "an object",
  optionNames: Readonly<Record<string, true>> = listOptionNames,
): Q {
  return requireKnownOptions(query, names, "query", expected, {
    argument: "the options, the argument after the query",
    names: optionNames,
  });
}
