import type { JsonValue } from "@bufbuild/protobuf";
import { styleText } from "node:util";
import { escapeControls } from "../../errors/index.js";

/** Returns a text of the server on one line, with control characters escaped. */
export function oneLine(text: string): string {
  return escapeControls(text.trim().replace(/\s+/g, " "));
}

/** Returns a text of the server with its line breaks, and with control characters escaped. */
export function manyLines(text: string): string {
  return escapeControls(text.trimEnd().replace(/\r\n/g, "\n").replace(/\t/g, "    "));
}

/**
 * Returns JSON that a terminal can show: the control characters that `JSON.stringify` leaves are escaped too, which
 * is the same JSON. It is on one line without `indent`.
 */
export function jsonText(value: JsonValue | object, indent?: number): string {
  return escapeControls(JSON.stringify(value, null, indent));
}

const wide =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60]/u;
const zeroWidth = /\p{M}|\p{Cf}/u;

function widthOf(character: string): number {
  if (zeroWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Returns how many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  // Nearly every text: names and ids.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** Cuts a text to a width; what was cut ends in `…`. */
export function cutToWidth(text: string, maxWidth: number): string {
  if (displayWidth(text) <= maxWidth) return text;
  let kept = "";
  let width = 1;
  for (const character of text) {
    width += widthOf(character);
    if (width > maxWidth) break;
    kept += character;
  }
  return maxWidth < 1 ? "" : `${kept}…`;
}

/** Fills a text with spaces up to a width. */
export function padToWidth(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

const colors = {
  SUCCEEDED: "green",
  RECOVERED: "green",
  FAILED: "red",
  FAILING: "red",
  TIMED_OUT: "red",
  RETRYABLE_FAILED: "red",
  ABORTED: "yellow",
  ABORTING: "yellow",
  RUNNING: "cyan",
  DYNAMIC_RUNNING: "cyan",
} as const;

function hasColor(phase: string): phase is keyof typeof colors {
  return Object.hasOwn(colors, phase);
}

/** Colors a text by a phase. */
export function colorPhase(text: string, phase: string): string {
  return hasColor(phase) ? styleText(colors[phase], text) : text;
}
