/** The parts of a URL that storage looks at. */
export interface UrlParts {
  readonly host: string;
  /** Percent-decoded. */
  readonly path: string;
}

/** Why a string is not a URL, in the words of Go's `net/url`. */
export interface UrlFault {
  readonly fault: string;
}

/** Reads a URL, absolute or relative, as Go's `net/url` does. */
export function parseUrl(text: string): UrlParts | UrlFault {
  const [url = ""] = text.split("#", 1);
  const problem = (reason: string): UrlFault => ({ fault: `parse ${goQuote(url)}: ${reason}` });
  if (hasControlCharacter(url)) return problem("net/url: invalid control character in URL");
  if (url.startsWith(":")) return problem("missing protocol scheme");
  const [, scheme = "", afterScheme = url] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(url) ?? [];
  const [rest = ""] = afterScheme.split("?", 1);
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { host: "", path: "" };
    if (/^[^/]*:/.test(rest)) return problem("first path segment in URL cannot contain colon");
  }
  const hasHost = rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"));
  const [, authority = "", path = ""] =
    /^\/\/([^/]*)(.*)$/s.exec(hasHost ? rest : `//${rest}`) ?? [];
  const [host, pathText] = hasHost ? [authority, path] : ["", rest];
  const hostFault = hostProblem(host);
  if (hostFault !== undefined) return problem(hostFault);
  const escape = invalidEscape(pathText);
  if (escape !== undefined) return problem(`invalid URL escape ${goQuote(escape)}`);
  return { host: host.replace(/^.*@/, ""), path: decodeBytes(pathText) };
}

/** A text in the quotes of Go's `%q`. */
export function goQuote(text: string): string {
  return JSON.stringify(text).replace(/\\u00([0-9a-f]{2})/g, "\\x$1");
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((char) => char < " " || char === "\u007f");
}

function hostProblem(authority: string): string | undefined {
  const host = authority.replace(/^.*@/, "");
  const escape = invalidEscape(host);
  if (escape !== undefined) return `invalid URL escape ${goQuote(escape)}`;
  const wrong = /[^A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"%\u0080-\uffff]/.exec(host)?.[0];
  if (wrong !== undefined) return `invalid character ${goQuote(wrong)} in host name`;
  const port = host.startsWith("[") ? /\](.*)$/.exec(host)?.[1] : /(:.*)$/.exec(host)?.[1];
  if (port === undefined || port === "" || /^:\d*$/.test(port)) return undefined;
  return `invalid port ${goQuote(port)} after host`;
}

/** The first percent sign that two hex digits do not follow, with the two characters after it. */
function invalidEscape(text: string): string | undefined {
  return /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0];
}

function decodeBytes(text: string): string {
  const bytes: number[] = [];
  for (const part of text.split(/(%[0-9a-fA-F]{2})/)) {
    if (/^%[0-9a-fA-F]{2}$/.test(part)) bytes.push(parseInt(part.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(part));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
