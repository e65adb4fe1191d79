import { SignedUrlError, type SignedUrlReason } from "../../errors/index.js";
import { describeRequest, type StorageRequest } from "./request.js";

/** Waits for a part of the answer, with the limits of the transfer. */
export type Wait = <T>(work: () => Promise<T>) => Promise<T>;

const maxErrorBodyBytes = 16 * 1024;

/**
 * Reads what a storage says about a request that it refused. S3, GCS and Azure
 * all answer XML with a `<Code>`; its other parts may echo the signature, so
 * none of them goes into the error, nor does a code that is part of the query.
 */
export async function storageFailure(
  response: Response,
  request: Pick<StorageRequest, "method" | "url">,
  wait: Wait,
): Promise<SignedUrlError> {
  const body = await readStart(response, wait);
  const code = /<Code>([A-Za-z0-9.]{1,64})<\/Code>/.exec(body)?.[1];
  const reason = reasonFor(response.status, code, body);
  const isOurs = code === undefined || request.url.search.includes(code);
  const shown = isOurs ? "" : ` (${code})`;
  return new SignedUrlError(
    `${describeRequest(request)}: the storage answered ${response.status}${shown}. ${remedies[reason] ?? ""}`.trimEnd(),
    { reason, status: response.status },
  );
}

const remedies: Partial<Record<SignedUrlReason, string>> = {
  expired: "The signed URL has expired: ask for a new one by the call that returned it.",
  denied: "The signature does not allow this: the server's storage credentials lack the right.",
  missing: "The object does not exist.",
  missingBucket: "The bucket does not exist.",
  changed: "The object was replaced while it was being read: read it again from its start.",
};

function reasonFor(status: number, code: string | undefined, body: string): SignedUrlReason {
  if (code === "ExpiredToken" || code === "TokenRefreshRequired" || saysExpired(code, body)) {
    return "expired";
  }
  if (code === "NoSuchBucket" || code === "ContainerNotFound") return "missingBucket";
  if (code === "NoSuchKey" || code === "BlobNotFound") return "missing";
  if (status === 401 || status === 403) return "denied";
  if (status === 404 || status === 410) return "missing";
  if (status === 412) return "changed";
  if (status === 408 || status === 429 || status >= 500) return "unavailable";
  return "rejected";
}

function saysExpired(code: string | undefined, body: string): boolean {
  if (code === "AccessDenied")
    return /<Message>[^<]*expired/i.test(body) || body.includes("<Expires>");
  if (code === "AuthenticationFailed") return /not valid in the specified time frame/i.test(body);
  return false;
}

async function readStart(response: Response, wait: Wait): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < maxErrorBodyBytes) {
      const { done, value } = await wait(() => reader.read());
      if (done) break;
      text += decoder.decode(value.subarray(0, maxErrorBodyBytes), { stream: true });
    }
  } catch {
    return text;
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return text;
}

/** The facts about an object that the headers of a response state, as far as they can be read. */
export interface ObjectFacts {
  /** The object's length in bytes; unknown where the body is sent in an encoding. */
  readonly total: number | undefined;
  /** The version of the object, where the storage states it. */
  readonly version: string | undefined;
  /** The strong ETag, which a later request can insist on. */
  readonly etag: string | undefined;
  /** The MD5 that the storage states. */
  readonly md5: Uint8Array | undefined;
  /** Whether the storage says, by the length or the MD5 that it states, that the object has bytes. */
  readonly hasBytes: boolean;
  /** Whether the body is sent in an encoding such as gzip, so that ranges count other bytes than those read. */
  readonly isEncoded: boolean;
  /** The offset in the object at which the body starts. */
  readonly offset: number;
}

/** The ETag of an object of no bytes, where a storage makes ETags of the MD5. */
const tagOfNothing = "d41d8cd98f00b204e9800998ecf8427e";

/**
 * Reads the headers of an answer of 200 or 206. In a browser most of them can
 * only be read where the bucket's CORS rule exposes them.
 */
export function readObjectFacts(response: Response): ObjectFacts {
  const headers = response.headers;
  const encoding = headers.get("content-encoding");
  const plain = encoding === null || encoding === "" || encoding === "identity";
  const tag = headers.get("etag");
  const etag = tag === null || tag === "" || tag.startsWith("W/") ? undefined : tag;
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get("content-range") ?? "");
  const partial = response.status === 206;
  return {
    total: plain ? readLength(partial ? range?.[2] : headers.get("content-length")) : undefined,
    version: etag ?? headers.get("last-modified") ?? undefined,
    etag,
    md5: plain && !partial ? statedMd5(headers) : undefined,
    hasBytes: statesBytes(headers),
    isEncoded: !plain,
    offset: partial ? (readLength(range?.[1]) ?? -1) : 0,
  };
}

function readLength(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}

/** The ETag of an object that S3 encrypts with a key of its own kind is not the MD5 of its bytes. */
function statesBytes(headers: Headers): boolean {
  const stored = readLength(headers.get("x-goog-stored-content-length"));
  if (stored !== undefined) return stored > 0;
  const tag = /^"([0-9a-f]{32})"$/.exec(headers.get("etag") ?? "")?.[1];
  const keyed =
    (headers.get("x-amz-server-side-encryption")?.startsWith("aws:") ?? false) ||
    headers.has("x-amz-server-side-encryption-customer-algorithm");
  return tag !== undefined && tag !== tagOfNothing && !keyed;
}

function statedMd5(headers: Headers): Uint8Array | undefined {
  const google = /(?:^|[ ,])md5=([A-Za-z0-9+/=]{24})/.exec(headers.get("x-goog-hash") ?? "")?.[1];
  const text = google ?? headers.get("content-md5") ?? "";
  if (!/^[A-Za-z0-9+/]{22}==$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
