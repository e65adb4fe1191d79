import { certificateCodes, connectionCodes, otherProtocols } from "./recognized-texts.js";

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
    if (!connectionCodes.has(code) && !certificateCodes.test(code)) continue;
    const message: unknown = Reflect.get(at, "message");
    const remedy: unknown = Reflect.get(at, "remedy");
    // An AggregateError of several addresses has a code and an empty text.
    const words = typeof message === "string" && message !== "" ? message : code;
    return {
      code,
      message: otherProtocols[code] ?? words,
      ...(typeof remedy === "string" && { remedy }),
    };
  }
  return undefined;
}

/** Whether a certificate, or what the two sides take of TLS, is at fault somewhere in an error's causes and parts. */
export function isCertificateFault(error: unknown): boolean {
  return [...codesIn(error)].some(({ code }) => certificateCodes.test(code));
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
