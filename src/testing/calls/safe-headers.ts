import { namesCredential } from "../../errors/index.js";

/** Headers as a plain record, with the values of those that carry credentials taken out. */
export function safeHeaders(headers: Headers): Readonly<Record<string, string>> {
  const safe: Record<string, string> = {};
  headers.forEach((value, name) => {
    safe[name] = namesCredential(name) ? "…" : value;
  });
  return safe;
}
