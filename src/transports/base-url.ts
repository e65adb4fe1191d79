import { InvalidOptionError, quote } from "../errors/index.js";
import { invalidOption } from "../internal/validation/index.js";

/** The address of a server, checked. */
export interface BaseUrl {
  /** Scheme, host, port and path prefix, without a slash at the end: `https://flyte.example.com/prefix`. */
  readonly href: string;
  /** Host and port, also where the port is the scheme's own: `flyte.example.com:443`. For messages. */
  readonly authority: string;
}

/**
 * Checks the `baseUrl` option: http or https, with an optional path prefix.
 *
 * @throws InvalidOptionError for an address without a scheme, and for one with a user, a query or a fragment.
 */
export function parseBaseUrl(baseUrl: string): BaseUrl {
  const given: unknown = baseUrl;
  if (typeof given !== "string" && given !== undefined) {
    const remedy = given instanceof URL ? "Pass its href." : undefined;
    throw invalidOption("baseUrl", 'a string such as "https://flyte.example.com"', given, remedy);
  }
  const url = tryParse(baseUrl);
  if (url === undefined || !/^https?:\/\//i.test(baseUrl.trim())) {
    const isPath = typeof baseUrl === "string" && /^\/(?!\/)/.test(baseUrl);
    const remedy = isPath
      ? " For a path of the page's own server write new URL(path, location.origin).href."
      : "";
    throw invalid(
      `baseUrl must be an address with its scheme, such as "https://flyte.example.com"; ${describe(baseUrl)} has no usable scheme.${remedy}`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid(
      "baseUrl must not hold a user or a password. Give credentials through headers or sign-in options.",
    );
  }
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(baseUrl)) {
    throw invalid("baseUrl must end with the path: leave off the query and the fragment.");
  }
  return {
    href: url.origin + url.pathname.replace(/\/+$/, ""),
    authority: `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`,
  };
}

function tryParse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function describe(baseUrl: unknown): string {
  if (typeof baseUrl !== "string") return `a value of type ${typeof baseUrl}`;
  // An address without a scheme may hold a password and a query all the same.
  return quote(baseUrl.replace(/^.*@/s, "…@").replace(/[?#].*$/s, "?…"));
}

function invalid(message: string): InvalidOptionError {
  return new InvalidOptionError(message, { option: "baseUrl" });
}
