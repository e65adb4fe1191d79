import { redactText } from "../errors/index.js";

/** The beginning of a body, short and escaped, in quotes: for messages about bodies that should not be there. */
export function excerptOf(bytes: Uint8Array, maxBytes = 80): string {
  if (bytes.length === 0) return "nothing";
  const text = new TextDecoder().decode(bytes.subarray(0, maxBytes));
  return JSON.stringify(redactText(text)) + (bytes.length > maxBytes ? " …" : "");
}

/** What a person would read of a text or an HTML page: without tags and scripts, on one line, at most `maxLength` long. */
export function visibleText(body: string, maxLength = 300): string {
  const text = body
    .replace(/<(script|style)\b[^>]*>[^]*?<\/\1\s*>/gi, " ")
    .replace(/<!--[^]*?-->|<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
