/** The facts about an object that the headers of a response state, as far as they can be read. */
export interface ObjectFacts {
  /** The object's length in bytes; unknown where the body is sent in an encoding. */
  readonly total: number | undefined;
  /** Which version of the object this is, where the storage says so. */
  readonly version: string | undefined;
  /** The strong ETag, which a later request can insist on. */
  readonly etag: string | undefined;
  /** The MD5 that the storage states. */
  readonly md5: Uint8Array | undefined;
  /** Whether the storage says, by the length or the MD5 that it states, that the object has bytes. */
  readonly hasBytes: boolean;
  /** Whether the body is sent in an encoding such as gzip, so that ranges count other bytes than those read. */
  readonly isEncoded: boolean;
  /** Where in the object the body starts. */
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
