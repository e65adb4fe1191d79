import type { CallRecord } from "../calls/index.js";
import {
  FaultedAnswer,
  type FaultEffect,
  type FaultList,
  spoil,
  waitOut,
} from "../faults/index.js";
import { emptyResponse, type HttpRequest, type HttpResponse, queryOf } from "../http-messages.js";
import { parseRange } from "./byte-range.js";
import { etagOf, md5Base64 } from "./md5.js";
import type { MemoryBlobStore } from "./memory-blob-store.js";
import { objectUri, type ObjectPlace } from "./object-uri.js";
import { s3Error } from "./s3-error.js";
import { checkSignature, type SignatureFault, signatureParameter } from "./signature.js";
import type { StoredObject } from "./stored-object.js";

/** The HTTP side of the storage: GET, HEAD and PUT by signed URLs, with S3's headers and errors. */
export class BlobEndpoint {
  readonly #store: MemoryBlobStore;
  readonly #faults: FaultList;
  readonly #now: () => Date;

  constructor(store: MemoryBlobStore, faults: FaultList, now: () => Date) {
    this.#store = store;
    this.#faults = faults;
    this.#now = now;
  }

  /** The object that a request is for, or `undefined` when it is for the REST gateway. */
  placeOf(path: string, query: string): ObjectPlace | undefined {
    const [, bucket = "", key = ""] = /^\/([^/]+)\/(.*)$/s.exec(path) ?? [];
    const isSigned = new URLSearchParams(query).has(signatureParameter);
    return bucket !== "" && (isSigned || this.#store.bucketExists(bucket))
      ? { bucket, key }
      : undefined;
  }

  /**
   * Answers a request for an object.
   * @throws FaultedAnswer where a fault breaks the connection or sends a page
   */
  async handle(
    request: HttpRequest,
    place: ObjectPlace,
    record: CallRecord,
  ): Promise<HttpResponse> {
    if (request.method === "OPTIONS") return preflight(request);
    const blob = objectUri(place);
    const effect = this.#faults.strike({ rpc: undefined, path: undefined, blob });
    if (effect !== undefined) await waitOut(effect, request.signal);
    const body = await request.body();
    record.requestBytes = body.length;
    const response = strike(effect, place) ?? this.#answer(request, place, body);
    return withCors(request, spoilBody(response, effect));
  }

  #answer(request: HttpRequest, place: ObjectPlace, body: Uint8Array): HttpResponse {
    const query = new URLSearchParams(queryOf(request.target));
    const { method, headers } = request;
    const fault = checkSignature({ method, place, query, headers }, this.#now());
    if (fault !== undefined) return refuse(fault, place);
    if (!this.#store.bucketExists(place.bucket)) {
      return s3Error("NoSuchBucket", "The specified bucket does not exist", place);
    }
    switch (method) {
      case "PUT":
        return this.#put(request, place, body);
      case "GET":
      case "HEAD": {
        const object = this.#store.object(objectUri(place));
        return object === undefined
          ? s3Error("NoSuchKey", "The specified key does not exist.", place)
          : read(object, headers.get("range"), place);
      }
      default:
        return s3Error(
          "MethodNotAllowed",
          "The specified method is not allowed against this resource.",
          place,
        );
    }
  }

  #put({ headers }: HttpRequest, place: ObjectPlace, bytes: Uint8Array): HttpResponse {
    const md5 = headers.get("content-md5");
    if (md5 !== null && md5 !== md5Base64(bytes)) {
      return /^[A-Za-z0-9+/]{22}==$/.test(md5)
        ? s3Error(
            "BadDigest",
            "The Content-Md5 you specified did not match what we received.",
            place,
          )
        : s3Error("InvalidDigest", "The Content-Md5 you specified is not valid.", place);
    }
    const metadata: Record<string, string> = {};
    headers.forEach((value, name) => {
      if (name.startsWith("x-amz-meta-")) metadata[name.slice("x-amz-meta-".length)] = value;
    });
    const contentType = headers.get("content-type") ?? "binary/octet-stream";
    this.#store.store(objectUri(place), { bytes, contentType, metadata });
    return emptyResponse(200, { etag: etagOf(bytes) });
  }
}

function read(object: StoredObject, rangeHeader: string | null, place: ObjectPlace): HttpResponse {
  const size = object.bytes.length;
  const range = parseRange(rangeHeader, size);
  if (range === "unsatisfiable") {
    return s3Error("InvalidRange", "The requested range is not satisfiable", place);
  }
  const headers = new Headers({
    "accept-ranges": "bytes",
    "content-type": object.contentType,
    etag: etagOf(object.bytes),
    "last-modified": object.modifiedAt.toUTCString(),
  });
  for (const [name, value] of Object.entries(object.metadata)) {
    headers.set(`x-amz-meta-${name}`, value);
  }
  if (range === undefined) return { status: 200, headers, body: object.bytes };
  headers.set("content-range", `bytes ${range.start}-${range.end - 1}/${size}`);
  return { status: 206, headers, body: object.bytes.subarray(range.start, range.end) };
}

function refuse(fault: SignatureFault, place: ObjectPlace): HttpResponse {
  switch (fault) {
    case "unsigned":
      return s3Error("AccessDenied", "Access Denied", place);
    case "expired":
      return s3Error("AccessDenied", "Request has expired", place);
    case "malformed":
      return s3Error(
        "AuthorizationQueryParametersError",
        "Query-string authentication requires the X-Amz-Date, X-Amz-Expires and X-Amz-SignedHeaders parameters",
        place,
      );
    case "mismatch":
      return s3Error(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
        place,
      );
  }
}

function strike(effect: FaultEffect | undefined, place: ObjectPlace): HttpResponse | undefined {
  if (effect?.reset === true) throw new FaultedAnswer("reset", 0);
  if (effect?.body === "html") throw new FaultedAnswer("html", effect.status ?? 502);
  if (effect?.expired === true) return refuse("expired", place);
  if (effect?.status === undefined) return undefined;
  const response = s3Error("SlowDown", effect.message ?? "injected fault", place, effect.status);
  if (effect.retryAfterSeconds !== undefined) {
    response.headers.set("retry-after", String(effect.retryAfterSeconds));
  }
  return response;
}

function spoilBody(response: HttpResponse, effect: FaultEffect | undefined): HttpResponse {
  switch (effect?.body) {
    case "truncated":
      return { ...response, breaks: "within" };
    case "empty":
    case "corrupt":
      return { ...response, body: spoil(response.body, effect.body) };
    default:
      return response;
  }
}

function preflight(request: HttpRequest): HttpResponse {
  const headers = new Headers({ "access-control-allow-methods": "GET, HEAD, PUT" });
  const asked = request.headers.get("access-control-request-headers");
  if (asked !== null) headers.set("access-control-allow-headers", asked);
  return withCors(request, emptyResponse(200, headers));
}

function withCors(request: HttpRequest, response: HttpResponse): HttpResponse {
  if (!request.headers.has("origin")) return response;
  const headers = new Headers(response.headers);
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", "ETag, Content-Range, Accept-Ranges");
  return { ...response, headers };
}
