import { invalidArgument } from "../../../server-errors.js";
import { randomText } from "../rows/index.js";

const maxNameBytes = 63;
const namePattern = /^[a-z][a-z\-0-9]*$/;

/** Refuses a name that no execution may have. What counts is its lower-case form. */
export function checkExecutionName(name: string): void {
  const lower = name.toLowerCase();
  if (new TextEncoder().encode(lower).length > maxNameBytes) {
    throw invalidArgument(`size of name exceeded length ${maxNameBytes} : ${lower}`);
  }
  if (!namePattern.test(lower)) {
    throw invalidArgument(
      `invalid name format: ${lower}, does not match regex '${namePattern.source}'`,
    );
  }
}

/** A name for an execution that was given none: `a` and 19 random characters. */
export function randomExecutionName(): string {
  return `a${randomText(19)}`;
}
