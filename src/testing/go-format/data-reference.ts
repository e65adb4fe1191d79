import { parseUrl } from "./parse-url.js";

/**
 * Why the server cannot name an object: it reads the parts of its key, joined with slashes, as a
 * relative URL. Nothing when it can.
 * @param base - the bucket that the object is in, with a prefix or without
 */
export function referenceProblem(base: string, keys: readonly string[]): string | undefined {
  const [, container = base, prefix = ""] = /^([^:]*:\/\/[^/]*)\/?(.*)$/.exec(base) ?? [];
  const parsed = parseUrl([prefix, ...keys].map(trimSlashes).join("/"));
  return "fault" in parsed
    ? `Reference is of an invalid format [${container}]: ${parsed.fault}`
    : undefined;
}

function trimSlashes(text: string): string {
  return text.replace(/^\/+|\/+$/g, "");
}
