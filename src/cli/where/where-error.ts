import { InvalidFilterError } from "../../errors/index.js";

/** Where in the text an error is: the index of the first character and how many it is about. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** The fault of a condition. */
export interface WhereProblem {
  readonly problem: string;
  /** The choices, where they are long: they go below the text. */
  readonly remedy?: string | undefined;
  /** The field that the condition is on. */
  readonly field?: string | undefined;
}

/** Creates the error of a condition: what is wrong, then the text with a mark under the place. */
export function whereError(
  text: string,
  { at, length }: Place,
  { problem, remedy, field = "where" }: WhereProblem,
): InvalidFilterError {
  // A character that is not shown would move the mark away from its place.
  const shown = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) => "·".repeat(hidden.length));
  const mark = `${" ".repeat(at)}${"^".repeat(Math.max(1, length))}`;
  return new InvalidFilterError(
    `--where, character ${at + 1}: ${problem}\n  ${shown}\n  ${mark}${remedy === undefined ? "" : `\n${remedy}`}`,
    { field },
  );
}
