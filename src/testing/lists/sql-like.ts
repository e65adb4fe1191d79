import { databaseError } from "../server-errors.js";

type PatternPart =
  { readonly kind: "any" | "one" | "dangling" } | { readonly kind: "char"; readonly char: string };

/**
 * A test for a LIKE pattern: `%` is any text, `_` one character, and a
 * backslash takes the next character as it is.
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const parts = parsePattern(pattern);
  return (text) => matchParts(parts, Array.from(text));
}

function parsePattern(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  const chars = Array.from(pattern);
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    if (char === "%") parts.push({ kind: "any" });
    else if (char === "_") parts.push({ kind: "one" });
    else if (char !== "\\") parts.push({ kind: "char", char });
    else {
      const escaped = chars[++at];
      parts.push(escaped === undefined ? { kind: "dangling" } : { kind: "char", char: escaped });
    }
  }
  return parts;
}

function matchParts(parts: readonly PatternPart[], text: readonly string[]): boolean {
  let part = 0;
  let resumePart = -1;
  let resumeAt = 0;
  let at = 0;
  while (at < text.length) {
    const current = parts[part];
    if (current?.kind === "any") {
      resumePart = ++part;
      resumeAt = at;
    } else if (current !== undefined && matchesOne(current, text[at] ?? "")) {
      part++;
      at++;
    } else if (resumePart >= 0) {
      part = resumePart;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  return parts.slice(part).every(({ kind }) => kind === "any");
}

function matchesOne(part: PatternPart, char: string): boolean {
  if (part.kind === "dangling")
    throw databaseError("LIKE pattern must not end with escape character");
  return part.kind === "one" || (part.kind === "char" && part.char === char);
}
