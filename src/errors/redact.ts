const absoluteUrl = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s"'<>?#]*)([?#][^\s"'<>]*)?/gi;
const credentialHeader =
  /\b((?:proxy-|flyte-)?authorization|(?:set-)?cookie)(["']?\s*[:=]\s*)[^\r\n]+/gi;
const authScheme = /\b(bearer|basic)(\s+)(?=[^\s"',]*[\d._~+/=-])[^\s"',]+/gi;
// What `fetch` says of a header that it refuses shows the whole value.
const refusedHeader = /(\bHeaders\.\w+: )[^]*?( is an invalid header value)/g;
const jsonWebToken = /\beyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)?/g;
const secretParameter =
  /\b([\w-]*(?:token|secret|password|signature|credential|api[_-]?key)|sig|x-amz-[\w-]+|x-goog-[\w-]+|code_verifier)=[^&\s"'<>]+/gi;

/**
 * Takes from a text what may be a secret: queries, fragments and user parts of
 * URLs, tokens after `Bearer` or `Basic`, values of authorization and cookie
 * headers, values that are no header's, JSON web tokens and parameters with telling names. What is taken
 * leaves `…` in its place. A text without such parts comes back unchanged.
 */
export function redactText(text: string): string {
  return text
    .replace(absoluteUrl, (_, scheme: string, rest: string, query: string | undefined) => {
      const authority = rest.split("/", 1)[0] ?? rest;
      const user = authority.lastIndexOf("@");
      const host = user === -1 ? authority : `…${authority.slice(user)}`;
      return (
        scheme +
        host +
        rest.slice(authority.length) +
        (query === undefined || query.length < 2 ? (query ?? "") : `${query.charAt(0)}…`)
      );
    })
    .replace(refusedHeader, "$1…$2")
    .replace(credentialHeader, "$1$2…")
    .replace(authScheme, "$1$2…")
    .replace(jsonWebToken, "…")
    .replace(secretParameter, "$1=…");
}

/** Whether a header's name or a property's name tells that its value is a credential. */
export function namesCredential(name: string): boolean {
  return /^auth$|authoriz|cookie|token|secret|passw|credential|api-?key|signature/i.test(name);
}
