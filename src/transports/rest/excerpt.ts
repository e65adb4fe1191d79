import { quote, redactText } from "../../errors/index.js";

/** The bytes of a body that an excerpt is made from: enough that no secret is cut before it is found. */
const maxExcerptSource = 16_384;
/** The length of a page that is read, in characters. */
const maxPageLength = 65_536;

/** Removes the secrets of a request from a text. */
export type Mask = (text: string) => string;

/** The beginning of a body, short and escaped, in quotes: for messages about bodies that should not be there. */
export function excerptOf(bytes: Uint8Array, mask: Mask): string {
  if (bytes.length === 0) return "nothing";
  // Secrets are removed before the text is cut: of a cut one the rest would stay.
  const text = redactText(mask(new TextDecoder().decode(bytes.subarray(0, maxExcerptSource))));
  return quote(text);
}

/** Returns the visible text of plain text or an HTML page: without tags and scripts, on one line, at most `maxLength` long. */
export function visibleText(body: string, mask: Mask, maxLength = 300): string {
  const text = redactText(mask(withoutMarkup(body.slice(0, maxPageLength))))
    .replace(/\s+/g, " ")
    .trim();
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** Goes over the text once: a tag, a comment or a script that does not end takes the rest with it. */
function withoutMarkup(body: string): string {
  // Only ASCII letters change, so that places agree.
  const lower = body.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  let visible = "";
  let from = 0;
  for (;;) {
    const open = lower.indexOf("<", from);
    if (open === -1) return visible + body.slice(from);
    visible += `${body.slice(from, open)} `;
    const end = endOfMarkup(lower, open);
    if (end === -1) return visible;
    from = end;
  }
}

function endOfMarkup(lower: string, open: number): number {
  if (lower.startsWith("<!--", open)) return after(lower, "-->", open);
  for (const name of ["script", "style"]) {
    if (!lower.startsWith(`<${name}`, open)) continue;
    const close = lower.indexOf(`</${name}`, open);
    return close === -1 ? -1 : after(lower, ">", close);
  }
  return after(lower, ">", open);
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? -1 : at + mark.length;
}
