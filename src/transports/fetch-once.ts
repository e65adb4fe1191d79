import { errorText, InvalidOptionError, UnexpectedResponseError } from "../errors/index.js";
import type { FetchFunction } from "../internal/index.js";
import { connectionError } from "./connection-error.js";

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
    throw redirectError(rpc, authority, response);
  }
  return response;
}

function redirectError(
  rpc: string,
  authority: string,
  response: Response,
): UnexpectedResponseError {
  const location = response.headers.get("location")?.replace(/[?#].*$/s, "?…");
  const to = location === undefined ? "" : ` to ${JSON.stringify(location.slice(0, 300))}`;
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
