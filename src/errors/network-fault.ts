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
        message: otherProtocols[code] ?? words,
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

/** Whether a certificate, or what the two sides take of TLS, is at fault somewhere in an error's causes and parts. */
export function isCertificateFault(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 6) return false;
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && certificateCodes.test(code)) return true;
  const parts: unknown = Reflect.get(error, "errors");
  const inner: readonly unknown[] = Array.isArray(parts) ? parts : [];
  return [...inner, Reflect.get(error, "cause")].some((each) =>
    isCertificateFault(each, depth + 1),
  );
}
