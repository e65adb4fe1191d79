import type { JsonValue } from "@bufbuild/protobuf";

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
