import { tlsExplanations } from "../../errors/index.js";

/** Node's failure of a connection, in plain words, with the remedy. */
export class NodeFault extends Error {
  /** The code by which `networkFaultOf` knows a fault of the network. */
  readonly code = "EPROTO";
  /** `undefined` where the general advice is right. */
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.remedy = remedy;
  }
}

/** Explains what Node's TLS and the proxy say somewhere in an error's causes. `undefined` where there is nothing to explain. */
export function nodeFaultOf(error: unknown): NodeFault | undefined {
  let at = error;
  for (let depth = 0; at instanceof Error && depth < 6; depth += 1) {
    if (at instanceof NodeFault) return at;
    const code: unknown = Reflect.get(at, "code");
    const { message } = at;
    const signs = `${String(code)} ${message}`;
    const found = tlsExplanations.find(({ sign }) => sign.test(signs));
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
