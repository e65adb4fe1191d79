import { InvalidArgumentError, quote } from "../../errors/index.js";

/**
 * A value and a type that do not fit together, or a literal that holds none.
 * The text is the path, what was expected and what is there, as in
 * `inputs.cfg.items[3]: expected an integer, got "x"`.
 */
export class LiteralError extends InvalidArgumentError {
  static override get errorName(): string {
    return "LiteralError";
  }

  /** The path of the value, such as `inputs.cfg.items[3]`. */
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
  }
}

/** An error that says what should be there. */
export function expected(path: string, what: string, got: unknown): LiteralError {
  return new LiteralError(path, `expected ${what}, got ${show(got)}`);
}

/** The path of a member. */
export function member(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  const plain = /^[A-Za-z_$][\w$-]{0,80}$/.test(key);
  return plain ? `${path}.${key}` : `${path}[${quote(key)}]`;
}

/** A value in a few words, bounded in length. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return `${String(value).slice(0, 60)}n`;
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : showObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function showObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const keys = Object.keys(value).slice(0, 4).join(", ");
  return `an object with ${keys === "" ? "no keys" : quote(keys).slice(1, -1)}`;
}

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

/** Returns the place one level deeper, of a member where it has a name or an index. */
export function enterMember(place: Place, key?: string | number): Place {
  if (place.depth >= maxDepth) {
    throw new LiteralError(place.path, `is nested deeper than ${maxDepth} levels`);
  }
  const path = key === undefined ? place.path : member(place.path, key);
  return { path, depth: place.depth + 1 };
}
