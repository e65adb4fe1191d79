import { FlyteError, isCertificateFault, SignedUrlError } from "../../errors/index.js";
import { withDeadline } from "../../internal/cancellation/index.js";
import type { TransferSettings } from "./options.js";
import { withoutQuery } from "./signed-url.js";

const maxRedirects = 3;

/** One request to a storage, ready to be sent. */
export interface StorageRequest {
  readonly method: "GET" | "PUT";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: BodyInit | undefined;
  /** Aborts the connection. */
  readonly signal: AbortSignal;
}

/** Returns a request as errors show it. */
export function describeRequest(request: Pick<StorageRequest, "method" | "url">): string {
  return `${request.method} ${withoutQuery(request.url)}`;
}

/**
 * Sends a request and returns its answer, whatever its status. No credentials
 * and no referrer go along. Redirects are followed by hand, for GET only, so
 * that none leads from https to http or to another host in the clear.
 */
export async function send(request: StorageRequest, settings: TransferSettings): Promise<Response> {
  let url = request.url;
  for (let hop = 0; ; hop++) {
    const response = await sendOnce({ ...request, url }, settings);
    const redirected = response.type === "opaqueredirect" || isRedirect(response.status);
    if (!redirected) return response;
    response.body?.cancel().catch(() => undefined);
    url = nextHop(request, url, response, hop);
  }
}

async function sendOnce(request: StorageRequest, settings: TransferSettings): Promise<Response> {
  const answer = settings.fetch(request.url.href, {
    method: request.method,
    headers: { ...request.headers },
    redirect: "manual",
    signal: request.signal,
    ...privacy(),
    ...bodyOf(request),
  });
  const what = describeRequest(request);
  try {
    return await withDeadline(
      {
        signals: [request.signal],
        timeoutMs: settings.idleTimeoutMs,
        timeoutError: (limitMs) =>
          new SignedUrlError(`${what}: no answer within ${limitMs} ms.`, {
            reason: "unreachable",
          }),
      },
      () => answer,
    );
  } catch (error) {
    answer.then((late) => late.body?.cancel()).catch(() => undefined);
    throw error instanceof FlyteError ? error : unreachable(what, error);
  }
}

/** A body that is a stream is taken by `fetch` only with the word that the answer may come before its end. */
function bodyOf({ body }: StorageRequest): RequestInit & { duplex?: "half" } {
  if (body === undefined) return {};
  return body instanceof ReadableStream ? { body, duplex: "half" } : { body };
}

/** Some edge runtimes lack these fields, and refuse a request that sets them. */
function privacy(): RequestInit {
  if (typeof Request === "undefined" || !("credentials" in Request.prototype)) return {};
  return { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function nextHop(request: StorageRequest, from: URL, response: Response, hop: number): URL {
  const refuse = (why: string): Error =>
    new SignedUrlError(`${describeRequest(request)}: ${why}`, {
      reason: "redirected",
      status: response.status,
    });
  if (request.method !== "GET") throw refuse("the storage redirects an upload, which is refused.");
  const location = response.headers.get("location");
  if (location === null) {
    throw refuse("the storage redirects, and this runtime does not show where to.");
  }
  if (hop >= maxRedirects) throw refuse(`the storage redirects more than ${maxRedirects} times.`);
  let target: URL;
  try {
    target = new URL(location, from);
  } catch {
    throw refuse("the storage redirects to something that is not a URL.");
  }
  const safe = target.protocol === "https:" || target.origin === from.origin;
  if (!safe || target.username !== "" || target.password !== "") {
    throw refuse("the storage redirects to a place that is neither https nor the same origin.");
  }
  return target;
}

/** The causes of `fetch` are left out: they may hold the URL. Only a system code such as ECONNREFUSED is kept. */
function unreachable(what: string, error: unknown): Error {
  const code = systemCode(error);
  const shown = code === undefined ? "" : ` (${code})`;
  if (isCertificateFault(error)) {
    return new SignedUrlError(
      `${what}: the certificate of the storage was refused${shown}. In Node, pass a fetch that trusts it: createNodeFetch({ tls: { ca } }).`,
      { reason: "certificate" },
    );
  }
  return new SignedUrlError(
    `${what}: no answer from the storage${shown}. In a browser this is also what a missing CORS rule of the bucket looks like.`,
    { reason: "unreachable" },
  );
}

/** The innermost code: that of a certificate is below a general one. */
function systemCode(error: unknown): string | undefined {
  let found: string | undefined;
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    const code: unknown = "code" in at ? at.code : undefined;
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) found = code;
  }
  return found;
}
