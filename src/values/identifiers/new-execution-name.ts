import { InvalidIdentifierError } from "../../errors/index.js";
import { requirePart } from "./part.js";

const maxNameBytes = 63;

/**
 * Checks the name that a new execution is to have, and gives it back.
 *
 * FlyteAdmin takes a letter, then letters, digits and `-`, at most 63 bytes in all. It lets upper
 * case pass, with which the execution then fails in Kubernetes, so lower case is asked for here.
 *
 * @throws InvalidIdentifierError that says which character is wrong, and where.
 */
export function checkNewExecutionName(name: string, path = "name"): string {
  const text = requirePart({ value: name, path }, ", or left out so that the server makes one");
  if (!/^[a-z]/.test(text)) {
    throw new InvalidIdentifierError(
      `${path} begins with ${JSON.stringify(characterAt(text, 0))}; the name of an execution begins with a letter from a to z`,
      { path },
    );
  }
  const fault = text.search(/[^a-z0-9-]/);
  if (fault !== -1) {
    throw new InvalidIdentifierError(
      `${path} holds ${JSON.stringify(characterAt(text, fault))} at position ${fault}; the name of an execution holds letters from a to z, digits and - only`,
      { path },
    );
  }
  if (text.length > maxNameBytes) {
    throw new InvalidIdentifierError(
      `${path} is ${text.length} characters long; the name of an execution has at most ${maxNameBytes}`,
      { path },
    );
  }
  return text;
}

function characterAt(text: string, position: number): string {
  return String.fromCodePoint(text.codePointAt(position) ?? 0);
}
