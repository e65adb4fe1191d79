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
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "HPE_INVALID_CONSTANT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
]);

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
  return find(error, 0);
}

function find(value: unknown, depth: number): NetworkFault | undefined {
  if (typeof value !== "object" || value === null || depth > 6) return undefined;
  const code: unknown = Reflect.get(value, "code");
  const message: unknown = Reflect.get(value, "message");
  if (typeof code === "string" && connectionCodes.has(code)) {
    const inner = findInParts(value, depth);
    // An AggregateError of several addresses has a code and an empty text.
    const words = typeof message === "string" && message !== "" ? message : code;
    const remedy: unknown = Reflect.get(value, "remedy");
    return (
      inner ?? {
        code,
        message: plainWords[code] ?? words,
        ...(typeof remedy === "string" && { remedy }),
      }
    );
  }
  return findInParts(value, depth) ?? find(Reflect.get(value, "cause"), depth + 1);
}

function findInParts(value: object, depth: number): NetworkFault | undefined {
  const parts: unknown = Reflect.get(value, "errors");
  if (!Array.isArray(parts)) return undefined;
  for (const part of parts) {
    const fault = find(part, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Codes of Node, OpenSSL and undici for faults of certificates and of TLS settings, which retries do not mend. */
const certificateCode =
  /^(?:ERR_SSL_|ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_CERT)/;

/** Whether a certificate, or what the two sides take of TLS, is at fault somewhere in an error's causes and parts. */
export function isCertificateFault(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 6) return false;
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && certificateCode.test(code)) return true;
  const parts: unknown = Reflect.get(error, "errors");
  const inner: readonly unknown[] = Array.isArray(parts) ? parts : [];
  return [...inner, Reflect.get(error, "cause")].some((each) =>
    isCertificateFault(each, depth + 1),
  );
}
