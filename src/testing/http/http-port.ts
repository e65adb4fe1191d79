import type { BlobEndpoint } from "../blobs/index.js";
import { type CallLog, CallRecord } from "../calls/index.js";
import {
  errorOf,
  FaultedAnswer,
  type FaultEffect,
  type FaultList,
  proxyPage,
  spoil,
  waitOut,
} from "../faults/index.js";
import { type Gateway, percentDecode } from "../gateway/index.js";
import { httpStatusOf } from "../pipeline/index.js";
import { cleanPath, redirectTo } from "./clean-path.js";
import type { Cors } from "./cors.js";
import {
  emptyResponse,
  type HttpRequest,
  type HttpResponse,
  pathOf,
  queryOf,
  textResponse,
} from "../http-messages.js";

/** The longest request line and headers together, in bytes. */
export const maxHeaderBytes: number = 1024 * 1024;

/** The parts of the HTTP port. */
export interface HttpPortParts {
  readonly gateway: Gateway;
  readonly blobs: BlobEndpoint;
  readonly cors: Cors;
  /** The pages of authentication, by their paths; `undefined` for any other path. */
  readonly pages?: ((request: HttpRequest) => Promise<HttpResponse | undefined>) | undefined;
  readonly faults: FaultList;
  readonly calls: CallLog;
  readonly now: () => Date;
}

/**
 * The HTTP port of the server, with the object storage behind the same address:
 * header limit → storage → path decoding → CORS → path cleaning → fixed paths → gateway.
 */
export class HttpPort {
  readonly #parts: HttpPortParts;

  constructor(parts: HttpPortParts) {
    this.#parts = parts;
  }

  /** Answers a request. Nothing that is wrong with a request makes it fail. */
  async handle(request: HttpRequest): Promise<HttpResponse> {
    const { blobs, calls, now } = this.#parts;
    const { method, target, headers } = request;
    const path = pathOf(target);
    const decoded = percentDecode(path);
    const place = "text" in decoded ? blobs.placeOf(decoded.text, queryOf(target)) : undefined;
    const record = new CallRecord({
      wire: place === undefined ? "http" : "blob",
      method,
      path: place === undefined ? target : path,
      ...(place === undefined ? {} : { blob: `s3://${place.bucket}/${place.key}` }),
      headers,
      at: now(),
    });
    calls.add(record);
    const response = await orBroken(async () => {
      if (headerBytes(request) > maxHeaderBytes)
        return plainError(431, "Request Header Fields Too Large");
      if (place !== undefined) return await blobs.handle(request, place, record);
      if (!("text" in decoded)) return plainError(400, "Bad Request");
      return await this.#answer(request, decoded.text, record);
    });
    record.status = response.breaks === "before" ? undefined : response.status;
    record.responseBytes = response.body.length;
    return method === "HEAD" ? { ...response, body: new Uint8Array() } : response;
  }

  async #answer(
    request: HttpRequest,
    decodedPath: string,
    record: CallRecord,
  ): Promise<HttpResponse> {
    const { cors, faults } = this.#parts;
    if (request.method === "OPTIONS") return cors.preflight(request);
    const path = pathOf(request.target);
    const effect = faults.strike({ rpc: undefined, path, blob: undefined });
    if (effect !== undefined) await waitOut(effect, request.signal);
    const response = strike(effect) ?? (await this.#serve(request, decodedPath, record));
    return cors.decorate(request, spoilBody(response, effect));
  }

  async #serve(
    request: HttpRequest,
    decodedPath: string,
    record: CallRecord,
  ): Promise<HttpResponse> {
    const path = pathOf(request.target);
    const clean = cleanPath(path);
    if (clean !== path) return redirectTo(clean, queryOf(request.target), request.method);
    if (path === "/healthcheck") return emptyResponse(200);
    if (path === "/api/v1/openapi") return textResponse(200, "application/json", openApi);
    const page = await this.#parts.pages?.(request);
    return page ?? (await this.#parts.gateway.handle(request, decodedPath, record));
  }
}

const openApi = JSON.stringify({
  swagger: "2.0",
  info: { title: "flyteidl/service/admin.proto", version: "version not set" },
  paths: {},
});

async function orBroken(answer: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await answer();
  } catch (reason) {
    if (!(reason instanceof FaultedAnswer)) throw reason;
    return reason.fault === "html"
      ? textResponse(reason.status, "text/html; charset=utf-8", proxyPage(reason.status))
      : { ...emptyResponse(0), breaks: "before" };
  }
}

function strike(effect: FaultEffect | undefined): HttpResponse | undefined {
  if (effect === undefined) return undefined;
  if (effect.reset === true) throw new FaultedAnswer("reset", 0);
  if (effect.body === "html") throw new FaultedAnswer("html", effect.status ?? 502);
  const error = errorOf(effect);
  const status = effect.status ?? (error === undefined ? undefined : httpStatusOf(error.code));
  if (status === undefined) return undefined;
  const response = textResponse(
    status,
    "text/plain; charset=utf-8",
    effect.message ?? "injected fault",
  );
  if (effect.retryAfterSeconds !== undefined) {
    response.headers.set("retry-after", String(effect.retryAfterSeconds));
  }
  return response;
}

function spoilBody(response: HttpResponse, effect: FaultEffect | undefined): HttpResponse {
  if (effect?.body === "truncated") return { ...response, breaks: "within" };
  if (effect?.body === "empty" || effect?.body === "corrupt") {
    return { ...response, body: spoil(response.body, effect.body) };
  }
  return response;
}

/** An answer of Go's HTTP server itself, which closes the connection and knows nothing of CORS. */
function plainError(status: number, text: string): HttpResponse {
  const response = textResponse(status, "text/plain; charset=utf-8", `${status} ${text}`);
  response.headers.set("connection", "close");
  return response;
}

function headerBytes({ method, target, headers }: HttpRequest): number {
  let bytes = method.length + target.length + " HTTP/1.1  ".length;
  headers.forEach((value, name) => {
    bytes += name.length + value.length + ": \r\n".length;
  });
  return bytes;
}
