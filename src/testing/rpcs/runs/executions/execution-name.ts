import { invalidArgument } from "../../errors.js";

const maxNameBytes = 63;
const alphabet = "bcdfghjklmnpqrstvwxz2456789";

/** Refuses a name that no execution may have. What counts is its lower-case form. */
export function checkExecutionName(name: string): void {
  const lower = name.toLowerCase();
  if (new TextEncoder().encode(lower).length > maxNameBytes) {
    throw invalidArgument(`size of name exceeded length ${maxNameBytes} : ${lower}`);
  }
  if (!/^[a-z][a-z\-0-9]*$/.test(lower)) throw invalidArgument(`invalid name format: ${lower}`);
}

/** A name for an execution that was given none: `a` and 19 random characters. */
export function randomExecutionName(): string {
  const random = crypto.getRandomValues(new Uint32Array(19));
  return `a${Array.from(random, (value) => alphabet[value % alphabet.length]).join("")}`;
}
