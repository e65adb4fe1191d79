/** Codes of Node and undici for faults of a connection. */
const connectionCodes: ReadonlySet<string> = new Set([
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

/** Codes of Node, OpenSSL and undici for faults of certificates and of TLS settings, which retries do not mend. */
const certificateCode =
  /^(?:ERR_SSL_|ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_CERT)/;

/** Words for what the system says in those of its own source. */
const plainWords: Readonly<Record<string, string>> = {
  ERR_HTTP2_ERROR: "what answers there is not HTTP/2",
  ERR_SSL_WRONG_VERSION_NUMBER: "what answers there is not TLS",
  HPE_INVALID_CONSTANT: "what answers there is not HTTP/1.1",
};

/** The network's description of a failure. */
export interface NetworkFault {
  /** The system's code, such as `ECONNREFUSED`. */
  readonly code: string;
  /** The system's words, such as `connect ECONNREFUSED 127.0.0.1:8088`, or plainer ones. */
  readonly message: string;
  /** The remedy, where the code that found the fault knows a better one than the general advice. */
  readonly remedy?: string | undefined;
}

/**
 * Finds the fault of a connection in an error, its causes and its parts: Node and
 * `fetch` bury it two or three deep. `undefined` when the failure is of another kind.
 */
export function networkFaultOf(error: unknown): NetworkFault | undefined {
  for (const { code, at } of codesIn(error)) {
    if (!connectionCodes.has(code) && !certificateCode.test(code)) continue;
    const message: unknown = Reflect.get(at, "message");
    const remedy: unknown = Reflect.get(at, "remedy");
    // An AggregateError of several addresses has a code and an empty text.
    const words = typeof message === "string" && message !== "" ? message : code;
    return {
      code,
      message: plainWords[code] ?? words,
      ...(typeof remedy === "string" && { remedy }),
    };
  }
  return undefined;
}

/** Whether a certificate, or what the two sides take of TLS, is at fault somewhere in an error's causes and parts. */
export function isCertificateFault(error: unknown): boolean {
  return [...codesIn(error)].some(({ code }) => certificateCode.test(code));
}

/** The codes in an error: those of its parts, its own, and those of its causes. */
function* codesIn(error: unknown, depth = 0): Generator<{ code: string; at: object }, undefined> {
  if (typeof error !== "object" || error === null || depth > 6) return;
  const parts: unknown = Reflect.get(error, "errors");
  if (Array.isArray(parts)) for (const part of parts) yield* codesIn(part, depth + 1);
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string") yield { code, at: error };
  yield* codesIn(Reflect.get(error, "cause"), depth + 1);
}
