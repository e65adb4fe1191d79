import type { JsonValue } from "@bufbuild/protobuf";
import { quote } from "../errors/index.js";

/** Returns a string literal of TypeScript, on one line whatever the string holds. */
export function stringLiteral(text: string): string {
  return quote(text, Infinity);
}

/** Returns the name of a property in an object or an interface. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : stringLiteral(name);
}

/** Returns text with all lines but the first one level deeper. */
export function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

const maxCommentCharacters = 2_000;

/** Returns a comment of some paragraphs with a newline behind it, or nothing where all are empty. */
export function comment(paragraphs: readonly (string | undefined)[]): string {
  const texts = paragraphs.map((text) => linesOf(text ?? "")).filter((lines) => lines.length > 0);
  if (texts.length === 0) return "";
  const [first = []] = texts;
  if (texts.length === 1 && first.length === 1) return `/** ${first[0] ?? ""} */\n`;
  const lines = texts.flatMap((text, at) => (at === 0 ? text : ["", ...text]));
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

/** The lines of a text of a server's, which must not end the comment. */
function linesOf(text: string): string[] {
  const cut = text.length > maxCommentCharacters ? `${text.slice(0, maxCommentCharacters)}…` : text;
  return cut
    .replaceAll("*/", "*\\/")
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.replace(/[\p{Cc}\p{Bidi_Control}]/gu, " ").trim())
    .filter((line) => line !== "");
}

/** Returns JSON with the members of its objects sorted by name: a server sends maps in any order. */
export function sortedJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortedJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(sortedEntries(value).map(([key, inner]) => [key, sortedJson(inner)]));
}

/** Returns the entries of an object, sorted by name, whatever the language of the machine. */
export function sortedEntries<Value>(
  object: Readonly<Record<string, Value>>,
): readonly (readonly [string, Value])[] {
  return Object.entries(object).sort(([a], [b]) => compare(a, b));
}

/** Compares by code units. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
