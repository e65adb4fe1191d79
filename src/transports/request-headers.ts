import { InvalidOptionError } from "../errors/index.js";

/**
 * The headers of a request, as the caller passed them.
 *
 * @throws InvalidOptionError that names the header that cannot be sent, and never shows its value.
 */
export function requestHeaders(given: HeadersInit | undefined): Headers {
  checkUnset(given);
  try {
    return new Headers(given);
  } catch {
    // What was caught may show a token, so it is not passed on.
    throw new InvalidOptionError(
      `headers cannot be sent${wrongIn(given)}. A name has letters, digits and "-"; a value has Latin characters and no line break.`,
      { option: "headers" },
    );
  }
}

/** A variable that is not set becomes the text "undefined", which the server would answer as a bad token. */
function checkUnset(given: HeadersInit | undefined): void {
  if (typeof given !== "object") return;
  const entries = Symbol.iterator in given ? Array.from(given) : Object.entries(given);
  for (const [name, value] of entries) {
    const text: unknown = value;
    if (text !== undefined && text !== null && !isUnsetToken(text)) continue;
    throw new InvalidOptionError(
      `there is no value for the header ${name}. Set the variable that holds it, or leave the header out.`,
      { option: "headers" },
    );
  }
}

function isUnsetToken(value: unknown): boolean {
  return typeof value === "string" && /^Bearer (undefined|null)?$/.test(value);
}

function wrongIn(given: HeadersInit | undefined): string {
  if (typeof given !== "object") return `: they are of type ${typeof given}`;
  const entries = Symbol.iterator in given ? Array.from(given) : Object.entries(given);
  for (const [name, value] of entries) {
    if (!canSend(name, "")) return `: ${JSON.stringify(name)} is not a header name`;
    if (!canSend(name, value))
      return `: the value of ${JSON.stringify(name)} is not valid in a header`;
  }
  return "";
}

function canSend(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return true;
  } catch {
    return false;
  }
}
