import type { AttributeKind } from "./attribute-kinds.js";
import { InvalidIdentifierError, InvalidOptionError } from "../errors/index.js";
import {
  describeValue,
  type OptionNames,
  requireKnownOptions,
} from "../internal/validation/index.js";

/** Every execution of a project. */
export interface ProjectScope {
  /** The project. */
  readonly project: string;
  /** The domain. */
  readonly domain?: never;
  /** The name of the workflow. */
  readonly workflow?: never;
}

/** Every execution of a project in a domain. */
export interface ProjectDomainScope {
  /** The project. */
  readonly project: string;
  /** The domain. */
  readonly domain: string;
  /** The name of the workflow. */
  readonly workflow?: never;
}

/** Every execution of a workflow in a project and domain. */
export interface WorkflowScope {
  /** The project. */
  readonly project: string;
  /** The domain. */
  readonly domain: string;
  /** The name of the workflow. */
  readonly workflow: string;
}

/** The scope of attributes. The more it names, the narrower it is, and the narrowest wins. */
export type AttributeScope = ProjectScope | ProjectDomainScope | WorkflowScope;

/** The scopes that a kind can be set for: FlyteAdmin stores `pluginOverrides` for a domain or a workflow only. */
export type WritableAttributeScope<K extends AttributeKind> = K extends "pluginOverrides"
  ? ProjectDomainScope | WorkflowScope
  : AttributeScope;

/**
 * The scopes to delete. The server deletes the narrower scopes along with a project or a
 * project-domain; that must be said.
 */
export type DeletedScope =
  WorkflowScope | ((ProjectDomainScope | ProjectScope) & { readonly includingNarrower: true });

/** A scope whose parts are checked, with its level. */
export type CheckedScope =
  | { readonly level: "project"; readonly fields: { project: string } }
  | { readonly level: "projectDomain"; readonly fields: { project: string; domain: string } }
  | {
      readonly level: "workflow";
      readonly fields: { project: string; domain: string; workflow: string };
    };

const scopeNames: OptionNames<AttributeScope> = { project: true, domain: true, workflow: true };

const deletedScopeNames: OptionNames<DeletedScope> = { ...scopeNames, includingNarrower: true };

/**
 * Checks a scope and says which level it is.
 *
 * A part that is there but empty is refused: the server would take the call for a wider scope,
 * and an empty project for all projects.
 *
 * @throws InvalidIdentifierError
 */
export function checkScope(
  scope: AttributeScope,
  names: OptionNames<AttributeScope> = scopeNames,
): CheckedScope {
  requireKnownOptions(
    scope,
    names,
    "scope",
    "an object with project, domain and workflow, or the first of them",
  );
  const project = part(scope, "project");
  if (!("domain" in scope) && !("workflow" in scope))
    return { level: "project", fields: { project } };
  const domain = part(scope, "domain");
  if (!("workflow" in scope)) return { level: "projectDomain", fields: { project, domain } };
  return { level: "workflow", fields: { project, domain, workflow: part(scope, "workflow") } };
}

function part(scope: AttributeScope, name: keyof AttributeScope): string {
  const value: unknown = scope[name];
  if (typeof value === "string" && value !== "") return value;
  throw new InvalidIdentifierError(
    `scope.${name} must be a string that is not empty, got ${describeValue(value)}: the server would take this for a wider scope. ` +
      `Give a ${name}, or leave the property out to mean a wider scope.`,
    { path: `scope.${name}` },
  );
}

/**
 * Checks the scope of a deletion.
 *
 * @throws InvalidIdentifierError for a bad part; InvalidOptionError when narrower scopes would be
 *   deleted along with it and the caller did not say so
 */
export function checkDeletedScope(scope: DeletedScope): CheckedScope {
  const checked = checkScope(scope, deletedScopeNames);
  // A caller without types may have left it out.
  const said: unknown = "includingNarrower" in scope && scope.includingNarrower;
  if (checked.level === "workflow" || said === true) return checked;
  throw new InvalidOptionError(
    "scope.includingNarrower is not true: the server would delete the attributes of every narrower scope as well. " +
      "Set it to true if that is meant, or name a workflow.",
    { option: "scope.includingNarrower" },
  );
}
