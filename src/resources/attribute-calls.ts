import type { CallOptions } from "@connectrpc/connect";

import type {
  MatchableAttributesConfiguration,
  MatchingAttributes,
} from "../../gen/flyteidl/admin/matchable_resource_pb.js";
import { NotFoundError } from "../errors/index.js";
import { requireObject } from "../internal/require-object.js";
import {
  type AttributeInput,
  type AttributeKind,
  attributeKinds,
  type AttributeValue,
} from "./attribute-kinds.js";
import {
  type AttributeScope,
  checkDeletedScope,
  checkScope,
  type DeletedScope,
} from "./attribute-scopes.js";
import type { ResourceContext } from "./context.js";
import { factsOf } from "./facts-of.js";

/** Attributes as they apply to a scope. */
export interface AppliedAttributes<K extends AttributeKind> {
  readonly kind: K;
  readonly value: AttributeValue<K>;
  /** The scope that the value is set for: the one asked for, or a wider one. */
  readonly scope: AttributeScope;
}

/**
 * Gets the attributes of one kind that apply to a scope.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when no scope has any
 */
export async function getAttributes<K extends AttributeKind>(
  context: ResourceContext,
  kind: K,
  scope: AttributeScope,
  options?: CallOptions,
): Promise<AppliedAttributes<K>> {
  const found = await read(context, kind, scope, options);
  const target = found?.matchingAttributes?.target;
  const value = target && factsOf(attributeKinds, kind).value(target);
  if (found !== undefined && value !== undefined) return { kind, value, scope: scopeOf(found) };
  throw new NotFoundError(`No ${kind} are set for ${Object.values(scope).join("/")}`);
}

/**
 * Sets the attributes of one kind for a scope.
 *
 * @throws InvalidIdentifierError before the call
 */
export async function updateAttributes<K extends AttributeKind>(
  { clients: { admin } }: ResourceContext,
  kind: K,
  scope: AttributeScope,
  value: AttributeInput<K>,
  options?: CallOptions,
): Promise<void> {
  const facts = factsOf(attributeKinds, kind);
  const { level, fields } = checkScope(scope);
  const target = facts.target(requireObject(value, "value", `an object of ${kind}`));
  const attributes = {
    ...fields,
    matchingAttributes: { target },
  };
  switch (level) {
    case "project":
      await admin.updateProjectAttributes({ attributes }, options);
      return;
    case "projectDomain":
      await admin.updateProjectDomainAttributes({ attributes }, options);
      return;
    case "workflow":
      await admin.updateWorkflowAttributes({ attributes }, options);
  }
}

/**
 * Deletes the attributes of one kind that are set for a scope.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call
 */
export async function deleteAttributes(
  { clients: { admin } }: ResourceContext,
  kind: AttributeKind,
  scope: DeletedScope,
  options?: CallOptions,
): Promise<void> {
  const { resourceType } = factsOf(attributeKinds, kind);
  const { level, fields } = checkDeletedScope(scope);
  const request = { ...fields, resourceType };
  switch (level) {
    case "project":
      await admin.deleteProjectAttributes(request, options);
      return;
    case "projectDomain":
      await admin.deleteProjectDomainAttributes(request, options);
      return;
    case "workflow":
      await admin.deleteWorkflowAttributes(request, options);
  }
}

/** Lists the attributes of one kind of the whole server. */
export async function listAttributes(
  { clients: { admin } }: ResourceContext,
  kind: AttributeKind,
  options?: CallOptions,
): Promise<MatchableAttributesConfiguration[]> {
  const { resourceType } = factsOf(attributeKinds, kind);
  const request = { resourceType };
  const reply = await admin.listMatchableAttributes(request, options);
  return reply.configurations;
}

async function read(
  { clients: { admin } }: ResourceContext,
  kind: AttributeKind,
  scope: AttributeScope,
  options?: CallOptions,
): Promise<FoundAttributes | undefined> {
  const { resourceType } = factsOf(attributeKinds, kind);
  const checked = checkScope(scope);
  switch (checked.level) {
    case "project": {
      const request = { ...checked.fields, resourceType };
      return (await admin.getProjectAttributes(request, options)).attributes;
    }
    case "projectDomain": {
      const request = { ...checked.fields, resourceType };
      return (await admin.getProjectDomainAttributes(request, options)).attributes;
    }
    case "workflow": {
      const request = { ...checked.fields, resourceType };
      return (await admin.getWorkflowAttributes(request, options)).attributes;
    }
  }
}

/** What the three answers have in common. */
interface FoundAttributes {
  readonly project: string;
  readonly domain?: string;
  readonly workflow?: string;
  readonly matchingAttributes?: MatchingAttributes | undefined;
}

function scopeOf({ project, domain = "", workflow = "" }: FoundAttributes): AttributeScope {
  if (domain === "") return { project };
  return workflow === "" ? { project, domain } : { project, domain, workflow };
}
