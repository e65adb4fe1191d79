import { Code, ConnectError } from "@connectrpc/connect";

import { percentDecode } from "../percent.js";

/** Parameters by name, each with its values in order. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/**
 * Reads queries and form bodies as Go does; those given first come first.
 * @throws ConnectError INVALID_ARGUMENT for a raw semicolon or a bad percent sequence
 */
export function parseQueries(...texts: readonly string[]): Parameters {
  const parameters = new Map<string, string[]>();
  for (const pair of texts.flatMap((text) => text.split("&"))) {
    if (pair.includes(";")) {
      throw new ConnectError("invalid semicolon separator in query", Code.InvalidArgument);
    }
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = unescape(at === -1 ? pair : pair.slice(0, at));
    const value = unescape(at === -1 ? "" : pair.slice(at + 1));
    const values = parameters.get(name);
    if (values === undefined) parameters.set(name, [value]);
    else values.push(value);
  }
  return parameters;
}

function unescape(text: string): string {
  const decoded = percentDecode(text.replaceAll("+", " "));
  if ("text" in decoded) return decoded.text;
  throw new ConnectError(
    `invalid URL escape ${JSON.stringify(decoded.badSequence)}`,
    Code.InvalidArgument,
  );
}
