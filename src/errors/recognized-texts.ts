/*
 * The texts and codes of other software by which failures are recognized: libraries, runtimes, browsers and
 * servers. They change without notice, so they are in this file only, and a test provokes each.
 */

/** protobuf-es: a field whose value is not of its type, alone or within Connect's text. */
export const unencodableField: RegExp =
  /^(?:serialize binary: )?(?<why>cannot (?:encode|use) field .*)$/s;

/** Connect: what its transports find, as opposed to what a server answers. */
export const transportTexts: RegExp =
  /^(HTTP \d{3}$|protocol error: |unsupported (content type|response encoding) |http\/2 (stream|connection) closed|(parse|serialize) binary: |message size \d+ is larger than configured|missing (message|trailer)$|connection aborted$|PING timed out$)/;

/** Connect: an answer that cannot be read. Its codes for these are those of other faults, such as INVALID_ARGUMENT. */
export const unreadableAnswer: RegExp =
  /^(protocol error: |parse binary: |missing (message|trailer)$)/;

/** Connect and Node: a stream that the other side closed before its answer, as a server does that ends. */
export const closedStream: RegExp =
  /^http\/2 (?:stream|connection) closed|^Stream closed with error code NGHTTP2_REFUSED_STREAM$/;

/** Node, Chromium, Firefox and Safari: the `TypeError` of a `fetch` that got no answer. */
export const failedFetch: RegExp = /fetch|network|load failed/i;

/** undici: a header that its `fetch` refuses, whose text repeats the whole value between these. */
export const refusedHeader: { readonly begins: RegExp; readonly ends: string } = {
  begins: /\bHeaders\.\w+: /,
  ends: " is an invalid header value",
};

/** Node and undici: codes of a connection that was not made, or that broke, apart from {@link certificateCodes}. */
export const connectionCodes: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "EPROTO",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_SOCKET",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_HTTP2_ERROR",
  "ERR_HTTP2_GOAWAY_SESSION",
  "ERR_HTTP2_INVALID_SESSION",
  "ERR_HTTP2_SESSION_ERROR",
  "ERR_HTTP2_STREAM_CANCEL",
  "HPE_INVALID_CONSTANT",
]);

/** Node: codes of a server that speaks another protocol, in plainer words. */
export const otherProtocols: Readonly<Record<string, string>> = {
  ERR_HTTP2_ERROR: "what answers there is not HTTP/2",
  ERR_SSL_WRONG_VERSION_NUMBER: "what answers there is not TLS",
  HPE_INVALID_CONSTANT: "what answers there is not HTTP/1.1",
};

/** Node, OpenSSL and undici: codes of certificates and of TLS settings, which retries do not mend. */
export const certificateCodes: RegExp =
  /^(?:ERR_SSL_|ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_CERT)/;

/** Node and OpenSSL: the words of a failed handshake. */
export const certificateTexts: RegExp = /CERT|certificate|SSL|TLS/i;

/** Node: a host name that cannot be resolved. */
export const unknownHost: RegExp = /ENOTFOUND|EAI_AGAIN/;

/** A failure of Node's TLS in plainer words. */
export interface TlsExplanation {
  /** The pattern of Node's code and text, with a space between them. */
  readonly sign: RegExp;
  /** Left out where Node's own words are plain. */
  readonly words?: string;
  /** Left out where the general advice is right. */
  readonly remedy?: string;
}

/** Node and OpenSSL: how TLS fails. */
export const tlsExplanations: readonly TlsExplanation[] = [
  {
    sign: /alert certificate required/,
    words: "the server demands a certificate of the client's",
    remedy: "Give it with tls: { cert, key }.",
  },
  {
    sign: /alert handshake failure/,
    words: "the server ended the TLS handshake",
    remedy: "It may demand a certificate of the client's: give that with tls: { cert, key }.",
  },
  {
    sign: /alert (?:unknown ca|bad certificate|unsupported certificate|certificate \w+)/,
    words: "the server does not accept the client's certificate",
    remedy: "Give one of an authority that it knows with tls: { cert, key }.",
  },
  { sign: /wrong version number/, words: "what answers there is not TLS" },
  {
    sign: /^ERR_TLS_CERT_ALTNAME_INVALID /,
    remedy:
      "Use an address that the certificate names, or set the name to expect with tls: { servername }.",
  },
  {
    sign: /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT) /,
    remedy:
      "Give the certificate authority of the server: tls: { ca }, or caCertFilePath of the configuration.",
  },
  {
    sign: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID) /,
    remedy: "Renew the server's certificate, and check this machine's clock.",
  },
  {
    sign: /disconnected before secure TLS connection/,
    words: "the connection was closed during the TLS handshake",
    remedy:
      "Check that the port has TLS; a server that does not accept the client's certificate, or demands one (tls: { cert, key }), may end so too.",
  },
];

/** grpc-go, FlyteAdmin and Connect: a message or a stored value above a limit of its size. */
const oversizedMessage = /larger than|too large|size exceeds/;

/** Whether the text of a RESOURCE_EXHAUSTED is about a size: FlyteAdmin's always is, that of a proxy commonly is about a rate. */
export function saysTooLarge(words: string): boolean {
  return oversizedMessage.test(words);
}

/** PostgreSQL: a filter, a sort or a value that it cannot use. grpc-go: text that it cannot carry. */
export const unusableRequest: RegExp =
  /invalid input syntax|operator does not exist|GROUP BY|does not exist|out of range|invalid byte sequence|value too long|syntax error|invalid UTF-8|RST_STREAM with error code: INTERNAL_ERROR/;

/** FlyteAdmin, grpc-go, PostgreSQL, proxies and HTTP/2: work whose context has ended. */
export const endedContext: RegExp = /deadline|cancel|timed? ?out/i;

/** grpc-gateway: a path that it does not know. */
export const unknownPath = "Not Found";

/** FlyteAdmin: the beginning of the text for a launch plan without an active version. */
export const noActiveLaunchPlan = "No active launch plan";

/** grpc-go: a service of sign-in at a server that runs without it. */
export const unknownSignInService: RegExp = /unknown service \S*(AuthMetadata|Identity)Service/;

/** FlyteAdmin: the beginning of the text for a failure of its database. */
export const failedDatabaseOperation = "failed database operation with";

/** FlyteAdmin: a valid token without the scope that it asks for, the only specific text of its refusals. */
export const missingScope = "authenticated user doesn't have required scope";
