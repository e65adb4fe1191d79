import { escapeControls } from "./quote.js";
import { refusedHeader } from "./recognized-texts.js";

/** A longer text is cut before any pattern looks at it. FlyteAdmin cuts its own messages at 32,000 bytes. */
const maxTextLength = 65_536;

/** Names of parameters are looked at from their end, up to this length. */
const maxNameLength = 64;

const credentialHeader =
  /\b((?:proxy-|flyte-)?authorization|(?:set-)?cookie)(["']?\s*[:=]\s*)[^\r\n]+/gi;
const authScheme = /\b(bearer|basic)(\s+)(?=[^\s"',]*[\d._~+/=-])[^\s"',]+/gi;
const run = /[^\s"'<>]+/g;
const webToken = /(?<![\w-])eyJ[\w-]{4}[\w.-]*/g;
const secretName =
  /(?:token|secret|password|signature|credential|api[_-]?key)$|^(?:sig|x-amz-.*|x-goog-.*|code_verifier)$/i;

/**
 * Removes from a text what may be a secret: queries, fragments and user parts of URLs, tokens after `Bearer`
 * or `Basic`, values of authorization and cookie headers, header values that `fetch` refused, JSON web tokens,
 * and parameters whose names say that they are secret. Each leaves `…`. Control characters are escaped, since
 * a terminal obeys them. A text without any of these comes back unchanged.
 *
 * Takes time linear in the text's length, which is cut at 65,536 characters.
 */
export function redactText(text: string): string {
  const bounded = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
  const redacted = withoutRefusedHeader(bounded)
    .replace(credentialHeader, "$1$2…")
    .replace(authScheme, "$1$2…")
    .replace(run, (word) => redactParameters(redactUrls(word).replace(webToken, "…")));
  return escapeControls(redacted);
}

/** Whether the name of a header or a property says that its value is a credential. */
export function namesCredential(name: string): boolean {
  return /auth(?!ors?$|ority)|cookie|token|secret|passw|pwd|credential|key$|signature|session|jwt|assertion/i.test(
    name,
  );
}

function withoutRefusedHeader(text: string): string {
  const start = refusedHeader.begins.exec(text);
  const end = text.lastIndexOf(refusedHeader.ends);
  if (start === null || end < start.index + start[0].length) return text;
  return `${text.slice(0, start.index + start[0].length)}…${text.slice(end)}`;
}

function redactUrls(word: string): string {
  let redacted = "";
  let from = 0;
  for (;;) {
    const scheme = word.indexOf("://", from);
    if (scheme === -1) return redacted + word.slice(from);
    const start = scheme + 3;
    const next = word.indexOf("://", start);
    const end = next === -1 ? word.length : next;
    const rest = word.slice(start, end);
    const query = rest.search(/[?#]/);
    const path = query === -1 ? rest : rest.slice(0, query);
    const authority = path.split("/", 1)[0] ?? path;
    const user = authority.lastIndexOf("@");
    redacted += word.slice(from, start) + (user === -1 ? "" : "…") + path.slice(Math.max(user, 0));
    if (query !== -1) {
      const lead = rest.charAt(query);
      // What follows a query without a space is a part of it.
      return redacted + lead + (start + query + 1 < word.length ? "…" : "");
    }
    from = end;
  }
}

function redactParameters(word: string): string {
  let redacted = "";
  let from = 0;
  for (;;) {
    const equals = word.indexOf("=", from);
    if (equals === -1) return redacted + word.slice(from);
    const before = word.slice(Math.max(from, equals - maxNameLength), equals);
    const name = /[\w-]*$/.exec(before)?.[0] ?? "";
    redacted += word.slice(from, equals + 1);
    from = equals + 1;
    const ampersand = word.indexOf("&", from);
    const end = ampersand === -1 ? word.length : ampersand;
    if (end > from && secretName.test(name)) {
      redacted += "…";
      from = end;
    }
  }
}
