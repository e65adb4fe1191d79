import { createSecretMask, type Secret } from "./secret-mask.js";

/** How deep causes and details are looked into. */
const maxDepth = 8;

/**
 * Removes secrets from an error, in place, since callers branch on its class: from its texts, its causes, its
 * details and the headers that it carries. Each leaves `…`. Bytes that hold a secret become empty.
 */
export function removeSecrets(error: unknown, secrets: readonly Secret[]): void {
  if (secrets.length === 0) return;
  clean(error, createSecretMask(secrets), 0, new Set());
}

function clean(
  value: unknown,
  mask: (text: string) => string,
  depth: number,
  seen: Set<object>,
): void {
  if (typeof value !== "object" || value === null || depth > maxDepth || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Headers) {
    cleanHeaders(value, mask);
    return;
  }
  if (!isOpen(value)) return;
  for (const name of Object.getOwnPropertyNames(value)) {
    const held: unknown = Reflect.get(value, name);
    if (typeof held === "string") {
      const masked = mask(held);
      if (masked !== held) Reflect.set(value, name, masked);
    } else if (held instanceof Uint8Array) {
      const text = new TextDecoder("latin1").decode(held);
      if (mask(text) !== text) Reflect.set(value, name, new Uint8Array());
    } else {
      clean(held, mask, depth + 1, seen);
    }
  }
}

function cleanHeaders(headers: Headers, mask: (text: string) => string): void {
  for (const [name, value] of [...headers]) {
    // A header's value is of one byte a character, which "…" is not.
    if (mask(value) !== value) headers.set(name, mask(value).replaceAll("…", "[redacted]"));
  }
}

/** Sockets, requests and other machinery are not walked: an error shows no more of them than their kind. */
function isOpen(value: object): boolean {
  if (value instanceof Error || Array.isArray(value)) return true;
  if (Object.prototype.toString.call(value) === "[object Error]") return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || "$typeName" in value;
}
