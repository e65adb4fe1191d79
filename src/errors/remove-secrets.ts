import { namesCredential, redactText } from "./redact-text.js";
import { createSecretMask, type Secret } from "./secret-mask.js";

/** The depth to which causes and details are searched. */
const maxSearchDepth = 8;

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
  if (typeof value !== "object" || value === null || depth > maxSearchDepth || seen.has(value))
    return;
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

const maxCopyDepth = 6;

/**
 * A cause that may be printed. A clean value comes back as it is, so that a
 * caller finds its own abort reason again. A value that holds a credential, a
 * URL with a query or an object of another kind (headers, a socket) comes back
 * as a plain copy without them.
 */
export function safeCause(cause: unknown): unknown {
  return isClean(cause, 0) ? cause : cleanCopy(cause, 0);
}

function isClean(value: unknown, depth: number): boolean {
  if (typeof value === "string") return redactText(value) === value;
  if (typeof value !== "object" || value === null) return true;
  if (depth >= maxCopyDepth) return false;
  if (!isErrorLike(value) && !isPlain(value)) return false;
  if (isErrorLike(value) && !isClean(value.message, depth + 1)) return false;
  return Object.getOwnPropertyNames(value).every(
    (name) => !namesCredential(name) && isClean(read(value, name), depth + 1),
  );
}

function cleanCopy(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return value;
  if (!isErrorLike(value)) return Object.prototype.toString.call(value);
  const copy = new Error(redactText(value.message));
  copy.name = redactText(value.name);
  const stack = read(value, "stack");
  if (typeof stack === "string") copy.stack = redactText(stack);
  for (const name of ["code", "errno", "syscall", "address", "port", "hostname", "status"]) {
    const fact = read(value, name);
    if (typeof fact === "string" || typeof fact === "number") {
      Object.defineProperty(copy, name, {
        value: typeof fact === "string" ? redactText(fact) : fact,
        enumerable: true,
      });
    }
  }
  if (depth + 1 < maxCopyDepth) {
    const inner = read(value, "cause");
    if (inner !== undefined) hide(copy, "cause", cleanCopy(inner, depth + 1));
    const errors = read(value, "errors");
    if (Array.isArray(errors)) {
      hide(
        copy,
        "errors",
        errors.map((error: unknown) => cleanCopy(error, depth + 1)),
      );
    }
  }
  return copy;
}

function hide(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

function read(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}

// Errors of another realm fail `instanceof`, so the shape decides.
function isErrorLike(value: object): value is { message: string; name: string } {
  return (
    typeof read(value, "message") === "string" &&
    typeof read(value, "name") === "string" &&
    "stack" in value
  );
}
