/** Headers that IANA lists as permanent and that callers send; the gateway passes them on with a prefix. */
const permanentHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-language",
  "accept-ranges",
  "authorization",
  "cache-control",
  "content-type",
  "cookie",
  "date",
  "expect",
  "from",
  "host",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-schedule-tag-match",
  "if-unmodified-since",
  "max-forwards",
  "origin",
  "pragma",
  "referer",
  "user-agent",
  "via",
  "warning",
]);

const passPrefix = "grpc-metadata-";

/** The gRPC metadata that the gateway makes of a request's headers. What is not listed here is dropped. */
export function metadataOf(headers: Headers): Headers {
  const metadata = new Headers();
  headers.forEach((value, name) => {
    if (name === "authorization") metadata.append("authorization", value);
    if (permanentHeaders.has(name)) metadata.append(`grpcgateway-${name}`, value);
    if (name === "x-request-id" || name.startsWith("x-forwarded-")) metadata.append(name, value);
    if (name.startsWith(passPrefix)) metadata.append(name.slice(passPrefix.length), value);
  });
  if (!metadata.has("x-request-id")) metadata.set("x-request-id", newRequestId());
  return metadata;
}

const unitsMs: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1 / 1000,
  n: 1 / 1_000_000,
};

/**
 * Reads a `Grpc-Timeout` header, such as `30S`.
 * @returns the time in milliseconds, or `undefined` when the header is malformed
 */
export function parseGrpcTimeout(text: string): number | undefined {
  const [, count, unit] = /^([+-]?[0-9]+)([HMSmun])$/.exec(text) ?? [];
  const scale = unit === undefined ? undefined : unitsMs[unit];
  return scale === undefined ? undefined : Number(count) * scale;
}

const idLetters = "bcdfghjklmnpqrstvwxz2456789";

/** An id as the server makes one for a call that has none. */
function newRequestId(): string {
  const random = crypto.getRandomValues(new Uint8Array(20));
  return `a-${Array.from(random, (byte) => idLetters[byte % idLetters.length]).join("")}`;
}
