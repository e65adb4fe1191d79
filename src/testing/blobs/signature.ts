import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import type { SignOptions } from "../store/index.js";
import { encodePart, objectPath, type ObjectPlace } from "./object-uri.js";

// The storage has one account. Its secret guards nothing: it only lets the
// storage tell the URLs that it signed from others.
const accessKey = "minio";
const secretKey = "miniostorage";
const region = "us-east-1";
const algorithm = "AWS4-HMAC-SHA256";

/** The parameter of a signed URL that holds the signature. */
export const signatureParameter = "X-Amz-Signature";

/** A signed URL (AWS signature version 4, in the query), whether or not the object exists. */
export function signUrl(place: ObjectPlace, options: SignOptions): string {
  const host = new URL(options.base).host;
  const headers = signedHeaders({ ...options.headers, host });
  const date = amzDate(options.now);
  const query: readonly (readonly [string, string])[] = [
    ["X-Amz-Algorithm", algorithm],
    ["X-Amz-Credential", `${accessKey}/${scopeOf(date)}`],
    ["X-Amz-Date", date],
    ["X-Amz-Expires", String(options.expiresInSeconds)],
    ["X-Amz-SignedHeaders", [...headers.keys()].join(";")],
  ];
  const path = objectPath(place);
  const signature = signatureOf({ method: options.method, path, query, headers, date });
  const text = [...query, [signatureParameter, signature] as const]
    .map(([name, value]) => `${name}=${encodePart(value)}`)
    .join("&");
  return `${options.base}${path}?${text}`;
}

/** The fault of a signed request. */
export type SignatureFault = "unsigned" | "malformed" | "expired" | "mismatch";

/** A request as its signature sees it. */
export interface SignedRequest {
  readonly method: string;
  readonly place: ObjectPlace;
  readonly query: URLSearchParams;
  /** The request's headers, `host` among them. */
  readonly headers: Headers;
}

/** Checks the signature of a request and its life; `undefined` when all is well. */
export function checkSignature(request: SignedRequest, now: Date): SignatureFault | undefined {
  const { query } = request;
  const given = query.get(signatureParameter);
  if (given === null) return "unsigned";
  const date = query.get("X-Amz-Date") ?? "";
  const signedAt = parseAmzDate(date);
  const expires = query.get("X-Amz-Expires") ?? "";
  const names = (query.get("X-Amz-SignedHeaders") ?? "").split(";");
  if (signedAt === undefined || !/^[0-9]+$/.test(expires) || !names.includes("host")) {
    return "malformed";
  }
  if (now.getTime() >= signedAt + Number(expires) * 1000) return "expired";
  const headers = signedHeaders(
    Object.fromEntries(names.map((name) => [name, request.headers.get(name) ?? ""])),
  );
  const signed = [...query].filter(([name]) => name !== signatureParameter);
  const path = objectPath(request.place);
  const signature = signatureOf({ method: request.method, path, query: signed, headers, date });
  return signature === given ? undefined : "mismatch";
}

interface Signable {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: ReadonlyMap<string, string>;
  readonly date: string;
}

function signatureOf({ method, path, query, headers, date }: Signable): string {
  const parameters = query
    .map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`)
    .sort()
    .join("&");
  const lines = [...headers].map(([name, value]) => `${name}:${value}\n`).join("");
  const names = [...headers.keys()].join(";");
  const request = [method, path, parameters, lines, names, "UNSIGNED-PAYLOAD"].join("\n");
  const text = [algorithm, date, scopeOf(date), bytesToHex(sha256(utf8ToBytes(request)))].join(
    "\n",
  );
  const key = [date.slice(0, 8), region, "s3", "aws4_request"].reduce<Uint8Array>(
    (secret, part) => hmac(sha256, secret, utf8ToBytes(part)),
    utf8ToBytes(`AWS4${secretKey}`),
  );
  return bytesToHex(hmac(sha256, key, utf8ToBytes(text)));
}

/** Headers by lower-case name in order, their values without needless space. */
function signedHeaders(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, " ")] as const,
  );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function scopeOf(date: string): string {
  return `${date.slice(0, 8)}/${region}/s3/aws4_request`;
}

function amzDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, "");
}

function parseAmzDate(text: string): number | undefined {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return undefined;
  const time = Date.parse(
    text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  return Number.isNaN(time) ? undefined : time;
}
