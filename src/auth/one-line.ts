import { escapeControls } from "../errors/redaction/index.js";

/** Returns the text of an issuer or a library on one line, with control characters escaped, for a message or a terminal. */
export function oneLine(text: string, maxLength: number): string {
  const bounded = text.slice(0, maxLength * 4);
  return escapeControls(bounded.replace(/\s+/g, " ")).slice(0, maxLength);
}
