/** Node's failure of a connection, in plain words, with the remedy. */
export class NodeFault extends Error {
  /** How `networkFaultOf` knows a fault of the network. */
  readonly code = "EPROTO";
  /** `undefined` where the general advice is right. */
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.remedy = remedy;
  }
}

interface Explanation {
  /** The pattern of Node's code and text. */
  readonly sign: RegExp;
  /** Left out where Node's own words are plain. */
  readonly words?: string;
  readonly remedy?: string;
}

const explanations: readonly Explanation[] = [
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

/** Explains what Node's TLS and the proxy say somewhere in an error's causes. `undefined` where there is nothing to explain. */
export function nodeFaultOf(error: unknown): NodeFault | undefined {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 6; depth += 1) {
    if (at instanceof NodeFault) return at;
    const code: unknown = Reflect.get(at, "code");
    const { message } = at;
    const signs = `${String(code)} ${message}`;
    const found = explanations.find(({ sign }) => sign.test(signs));
    if (found !== undefined && typeof code === "string") {
      return new NodeFault(found.words ?? message, found.remedy, at);
    }
    const reason: unknown = Reflect.get(at, "reason");
    if (String(code).startsWith("ERR_SSL_") && typeof reason === "string") {
      return new NodeFault(
        `TLS failed (${reason})`,
        "Check which versions and ciphers of TLS the server accepts.",
        at,
      );
    }
    at = at.cause;
  }
  return undefined;
}
