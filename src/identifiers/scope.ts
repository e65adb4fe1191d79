import { InvalidIdentifierError } from "../errors/index.js";
import type { IdDefaults, Scope, ScopeInput } from "./inputs.js";
import { optionalPart, requireFields, requirePart } from "./part.js";

/**
 * Completes a project and domain from the defaults.
 *
 * @param input - Left out altogether, both come from the defaults.
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when a part is missing with no default for it, empty, or no string.
 */
export function requireScope(
  input: ScopeInput | undefined,
  defaults: IdDefaults = {},
  path = "scope",
): Scope {
  return scopeParts(
    input === undefined ? {} : requireFields(input, path, "an object with project and domain"),
    defaults,
    path,
  );
}

/** Completes the project and domain of any identifier, without its other fields. */
export function scopeParts(input: ScopeInput, defaults: IdDefaults, path: string): Scope {
  return {
    project: defaulted("project", input.project, defaults.project, path),
    domain: defaulted("domain", input.domain, defaults.domain, path),
    org: optionalPart({ value: input.org, path: `${path}.org` }),
  };
}

function defaulted(
  name: "project" | "domain",
  value: string | undefined,
  fallback: string | undefined,
  path: string,
): string {
  if (value !== undefined) return requirePart({ value, path: `${path}.${name}` });
  if (fallback !== undefined) {
    return requirePart({ value: fallback, path: `defaults.${name}` });
  }
  throw new InvalidIdentifierError(
    `${path}.${name} is missing, and there is no defaults.${name} to take its place`,
    { path: `${path}.${name}` },
  );
}
