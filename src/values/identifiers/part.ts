import { InvalidIdentifierError } from "../../errors/index.js";
import { describeValue, isObject } from "../../internal/validation/index.js";
import type { IdDefaults, Scope, ScopeInput } from "./inputs.js";

/** The field of an identifier, by its value that was not yet looked at and its path. */
interface Part {
  readonly value: unknown;
  readonly path: string;
}

/**
 * Returns a part of an identifier as the string that it must be.
 *
 * FlyteAdmin drops empty parts from its look-ups and then answers with another row, so an empty
 * part never leaves the client.
 *
 * @throws InvalidIdentifierError when the part is missing, no string, empty, or holds what no server can store.
 */
export function requirePart({ value, path }: Part, hint = ""): string {
  if (value === undefined || value === null) {
    throw new InvalidIdentifierError(`${path} is missing; it must be a string${hint}`, { path });
  }
  if (typeof value !== "string") {
    throw new InvalidIdentifierError(
      `${path} must be a string${hint}, got ${describeValue(value)}.`,
      { path },
    );
  }
  if (value === "") {
    throw new InvalidIdentifierError(
      `${path} is empty; FlyteAdmin matches an empty part with any row, so the answer would be about another one${hint}`,
      { path },
    );
  }
  const fault = findUnstorable(value);
  if (fault !== undefined) {
    throw new InvalidIdentifierError(
      `${path} holds ${fault.description} at position ${fault.position}; no name on the server can hold it`,
      { path },
    );
  }
  return value;
}

/**
 * Returns an optional part; the empty string when it is left out.
 *
 * @throws InvalidIdentifierError when the part is not a string, or holds characters that no server can store.
 */
function optionalPart({ value, path }: Part): string {
  return value === undefined || value === "" ? "" : requirePart({ value, path });
}

/**
 * Returns an identifier as an object whose fields can be read.
 *
 * @param what - What it must be, for errors.
 * @param parser - the function that parses a string, to name in the error for a string
 * @throws InvalidIdentifierError when it is missing or no object.
 */
function requireFields<T extends object>(
  id: T | null | undefined,
  path: string,
  what: string,
  parser?: string,
): T {
  if (typeof id === "object" && id !== null && !Array.isArray(id)) return id;
  const how = typeof id === "string" && parser !== undefined ? `, such as ${parser} makes` : "";
  throw new InvalidIdentifierError(`${path} must be ${what}${how}, got ${describeValue(id)}.`, {
    path,
  });
}

/**
 * Checks the id of a project, and returns it.
 *
 * @param path - How the caller knows the input; errors name it.
 * @throws InvalidIdentifierError when it is missing, empty, or no string.
 */
export function requireProjectId(id: string | undefined, path = "id"): string {
  const given: unknown = id;
  if (isObject(given)) {
    const part = ["id", "project"].find((name) => typeof Reflect.get(given, name) === "string");
    const remedy = part === undefined ? "" : ` Pass its ${part}.`;
    throw new InvalidIdentifierError(
      `${path} must be the id of a project, such as "flytesnacks", got ${describeValue(given)}.${remedy}`,
      { path },
    );
  }
  return requirePart({ value: id, path });
}

/** A character that the server cannot take, and its place. */
interface Unstorable {
  readonly position: number;
  /** A phrase for it: "a NUL character". */
  readonly description: string;
}

/**
 * Finds the first character that no text on the server can hold: NUL, which PostgreSQL refuses, or
 * half of a surrogate pair, which UTF-8 cannot carry and an encoder would replace by another one.
 */
export function findUnstorable(text: string): Unstorable | undefined {
  const position = text.search(unstorable);
  if (position === -1) return undefined;
  const unit = text.charCodeAt(position);
  const description =
    unit === 0
      ? "a NUL character"
      : `half of a surrogate pair (U+${unit.toString(16).toUpperCase()})`;
  return { position, description };
}

// With the u flag, halves that make a pair are no surrogates.
const unstorable = /[\0\p{Surrogate}]/u;

const maxNameBytes = 63;

/**
 * Checks the name for a new execution, and returns it.
 *
 * FlyteAdmin takes a letter, then letters, digits and `-`, at most 63 bytes in all. It lets upper
 * case pass, with which the execution then fails in Kubernetes, so lower case is asked for here.
 *
 * @throws InvalidIdentifierError that says which character is wrong, and where.
 */
export function checkNewExecutionName(name: string, path = "name"): string {
  const text = requirePart({ value: name, path }, ", or left out so that the server makes one");
  if (!/^[a-z]/.test(text)) {
    throw new InvalidIdentifierError(
      `${path} begins with ${JSON.stringify(characterAt(text, 0))}; the name of an execution begins with a letter from a to z`,
      { path },
    );
  }
  const fault = text.search(/[^a-z0-9-]/);
  if (fault !== -1) {
    throw new InvalidIdentifierError(
      `${path} holds ${JSON.stringify(characterAt(text, fault))} at position ${fault}; the name of an execution holds letters from a to z, digits and - only`,
      { path },
    );
  }
  if (text.length > maxNameBytes) {
    throw new InvalidIdentifierError(
      `${path} is ${text.length} characters long; the name of an execution has at most ${maxNameBytes}`,
      { path },
    );
  }
  return text;
}

function characterAt(text: string, position: number): string {
  return String.fromCodePoint(text.codePointAt(position) ?? 0);
}

/**
 * Completes a project and domain from the defaults.
 *
 * @param input - Left out altogether, both come from the defaults.
 * @param path - How the caller knows the input; errors name their part under it. Left out where
 * the parts are in the query itself.
 * @throws InvalidIdentifierError when a part is missing with no default for it, empty, or no string.
 */
export function requireScope(
  input: ScopeInput | undefined,
  defaults: IdDefaults = {},
  path?: string,
): Scope {
  const what = "an object with project and domain";
  const fields = input === undefined ? {} : requireFields(input, path ?? "the query", what);
  return scopeParts(fields, defaults, path);
}

/** Completes the project and domain of any identifier, without its other fields. */
export function scopeParts(
  input: ScopeInput,
  defaults: IdDefaults | undefined,
  path: string | undefined,
): Scope {
  const prefix = path === undefined ? "" : `${path}.`;
  return {
    project: defaulted("project", input.project, defaults, prefix),
    domain: defaulted("domain", input.domain, defaults, prefix),
    org: optionalPart({ value: input.org, path: `${prefix}org` }),
  };
}

function defaulted(
  name: "project" | "domain",
  value: string | undefined,
  defaults: IdDefaults | undefined,
  prefix: string,
): string {
  const path = `${prefix}${name}`;
  if (value !== undefined) return requirePart({ value, path });
  const fallback = defaults?.[name];
  if (fallback !== undefined) {
    return requirePart({ value: fallback, path: `defaults.${name}` });
  }
  // Without a client there are no defaults to set.
  if (defaults === undefined) return requirePart({ value, path });
  throw new InvalidIdentifierError(
    `${path} is missing, and there is no defaults.${name} to take its place; give one of them`,
    { path },
  );
}
