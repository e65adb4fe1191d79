import { LiteralError, member } from "./literal-error.js";

/**
 * The deepest nesting that is converted. The server's own decoder takes a
 * hundred levels of messages, of which a level of nesting takes two.
 */
const maxDepth = 100;

/** The position of a conversion in a value. */
export interface Place {
  readonly path: string;
  readonly depth: number;
}

/** One level deeper. */
export function into(place: Place, key?: string | number): Place {
  if (place.depth >= maxDepth) {
    throw new LiteralError(place.path, `is nested deeper than ${maxDepth} levels`);
  }
  const path = key === undefined ? place.path : member(place.path, key);
  return { path, depth: place.depth + 1 };
}

/** Sets a member also where its name is `__proto__`. */
export function setMember<Value>(target: Record<string, Value>, key: string, value: Value): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Whether a value is an object of names and values, and no array, Date or bytes. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Date) && !(value instanceof Uint8Array);
}
