import { escapeControls } from "../errors/redaction/index.js";

/** What an issuer or a library says, for a message or a terminal: on one line, with control characters as escapes. */
export function oneLine(text: string, maxLength: number): string {
  const bounded = text.slice(0, maxLength * 4);
  return escapeControls(bounded.replace(/\s+/g, " ")).slice(0, maxLength);
}
