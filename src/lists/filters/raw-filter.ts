import { InvalidFilterError } from "../../errors/index.js";
import { findUnstorable } from "../../values/identifiers/index.js";

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
