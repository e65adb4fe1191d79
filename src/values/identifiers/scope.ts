import { InvalidIdentifierError } from "../../errors/index.js";
import type { IdDefaults, Scope, ScopeInput } from "./inputs.js";
import { optionalPart, requireFields, requirePart } from "./part.js";

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
