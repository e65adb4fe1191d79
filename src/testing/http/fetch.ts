import { abortable } from "../../internal/cancellation/index.js";
import type { HttpPort } from "./http-port.js";
import type { HttpRequest, HttpResponse } from "../http-messages.js";

/**
 * Answers a `Request` as the HTTP port would.
 * @throws TypeError as `fetch` does when the connection breaks
 */
export async function fetchFrom(
  port: HttpPort,
  request: Request,
  signedUrlBase: string,
): Promise<Response> {
  const response = await abortable(request.signal, () =>
    port.handle(fromRequest(request, signedUrlBase)),
  );
  if (response.breaks === "before") throw brokenConnection();
  return toResponse(response);
}

function fromRequest(request: Request, signedUrlBase: string): HttpRequest {
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  // A `Request` has no Host header of its own, but signatures cover it.
  if (!headers.has("host")) headers.set("host", url.host);
  const accept = headers.get("accept");
  return {
    method: request.method,
    target: url.pathname + url.search,
    headers,
    accept: accept === null ? [] : [accept],
    body: async () => new Uint8Array(await request.arrayBuffer()),
    signal: request.signal,
    signedUrlBase,
  };
}

function toResponse({ status, headers, body, breaks }: HttpResponse): Response {
  const isBare = status === 204 || status === 304;
  if (breaks === "within") return new Response(halfOf(body), { status, headers });
  return new Response(isBare ? null : new Uint8Array(body), { status, headers });
}

function halfOf(body: Uint8Array): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent || body.length < 2) controller.error(brokenConnection());
      else controller.enqueue(body.subarray(0, body.length >> 1));
      isSent = true;
    },
  });
}

/** The error that `fetch` throws for a reset connection, with the code where Node puts it. */
function brokenConnection(): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  return new TypeError("fetch failed", { cause });
}
