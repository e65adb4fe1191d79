import type { ContextKey, ContextValues } from "@connectrpc/connect";
import {
  ConnectionError,
  createSecretMask,
  errorText,
  InvalidOptionError,
  networkFaultOf,
  quote,
  secretsOfHeaders,
  UnexpectedResponseError,
} from "../errors/index.js";
import { type FetchFunction, withContextValue } from "../internal/index.js";

/** Who asks whom, for messages. */
export interface FetchContext {
  readonly rpc: string;
  /** Host and port. */
  readonly authority: string;
  readonly fetch: FetchFunction | undefined;
}

/**
 * One request by `fetch`, without following redirects: FlyteAdmin redirects a path
 * with an empty or a dot segment to another RPC's path, and login proxies redirect to HTML.
 *
 * @throws ConnectionError when no answer came.
 * @throws UnexpectedResponseError when the answer is a redirect.
 */
export async function fetchOnce(
  context: FetchContext,
  url: string,
  init: RequestInit,
): Promise<Response> {
  const { rpc, authority } = context;
  // Looked up at each call, so that a page may replace it.
  const fetch = context.fetch ?? globalThis.fetch;
  if (typeof fetch !== "function") {
    const problem = "This runtime has no fetch. Pass one in the option fetch.";
    throw new InvalidOptionError(problem, { option: "fetch" });
  }
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: "manual" });
  } catch (error) {
    throw connectionError(rpc, authority, error);
  }
  if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
    response.body?.cancel().catch(() => undefined);
    throw redirectError(context, response, init.headers);
  }
  return response;
}

function redirectError(
  { rpc, authority }: FetchContext,
  response: Response,
  sent: HeadersInit | undefined,
): UnexpectedResponseError {
  // Secrets are removed before the text is cut: of a cut one the rest would stay.
  const mask = createSecretMask(secretsOfHeaders(new Headers(sent)));
  const target = response.headers.get("location");
  const location = target === null ? undefined : mask(target).replace(/[?#].*$/s, "?…");
  const to = location === undefined ? "" : ` to ${quote(location)}`;
  const status = response.status === 0 ? "a redirect" : `the redirect ${response.status}`;
  return new UnexpectedResponseError(
    errorText(
      rpc,
      "UNKNOWN",
      `${authority} answered with ${status}${to}, which is not followed`,
      remedy,
    ),
    {
      rpc,
      code: "UNKNOWN",
      attempts: 1,
      status: response.status,
      contentType: response.headers.get("content-type") ?? undefined,
    },
  );
}

const remedy =
  "If it leads to a login page, sign in first; if it leads to another address of the server, make that the baseUrl.";

// One symbol for all copies of this package; a call of createContextKey would be a side effect of loading.
const key: ContextKey<boolean> = {
  id: Symbol.for("flyte-admin-client.deadline-armed"),
  defaultValue: false,
};

/**
 * The context values of a call whose signal already aborts at the call's deadline, so that the REST
 * transport does not arm a second timer. The given values are not changed.
 */
export function withDeadlineArmed(values: ContextValues): ContextValues {
  return withContextValue(values, key, true);
}

/** Whether the signal of a call aborts at its deadline. */
export function isDeadlineArmed(values: ContextValues | undefined): boolean {
  return values?.get(key) === true;
}

/** The error for a server that could not be reached, or whose connection broke. Names host and port. */
export function connectionError(
  rpc: string,
  authority: string,
  cause: unknown,
  what: string = cannotReach,
): ConnectionError {
  const fault = networkFaultOf(cause);
  const reason = fault?.message ?? reasonIn(cause);
  // An answer that had begun passed every check of the browser.
  const isBroken = what !== cannotReach;
  const text =
    reason === undefined
      ? isBroken
        ? errorText(rpc, "UNAVAILABLE", `${what} ${authority}`, brokenOff)
        : errorText(rpc, "UNAVAILABLE", `${what} ${authority}: ${noReason}`, usualReasons)
      : errorText(rpc, "UNAVAILABLE", `${what} ${authority}: ${reason}`, fault?.remedy);
  return new ConnectionError(text, { rpc, attempts: 1, cause });
}

const cannotReach = "cannot reach";

/** Returns the reason that Node's `fetch` nests below its own "fetch failed", such as "bad port". */
function reasonIn(error: unknown): string | undefined {
  const inner = error instanceof Error ? error.cause : undefined;
  return inner instanceof Error && inner.message !== "" ? inner.message : undefined;
}

const brokenOff = "The server, a proxy or the network ended the connection; try again.";

// A page learns nothing about the reason, so the usual ones are named.
const noReason = "the request failed before an answer came";
const usualReasons =
  "In a browser that is an address that does not answer, a certificate, http from an https page, or a server whose CORS settings (security.allowedOrigins and allowedHeaders) do not allow this page and its headers; the browser's console says which.";
