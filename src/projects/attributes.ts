import type {
  MatchableAttributesConfiguration,
  MatchingAttributes,
} from "../../gen/flyteidl/admin/matchable_resource_pb.js";
import { callUnary, type Connection } from "../calls/index.js";
import {
  deleteProjectAttributesMethod,
  deleteProjectDomainAttributesMethod,
  deleteWorkflowAttributesMethod,
  getProjectAttributesMethod,
  getProjectDomainAttributesMethod,
  getWorkflowAttributesMethod,
  listMatchableAttributesMethod,
  updateProjectAttributesMethod,
  updateProjectDomainAttributesMethod,
  updateWorkflowAttributesMethod,
} from "../../gen/flyteidl/service/methods.js";
import { InvalidOptionError, NotFoundError } from "../errors/index.js";
import type { CallOptions } from "../internal/index.js";
import { requireOneOf } from "../internal/validation/index.js";
import {
  type AttributeInput,
  type AttributeKind,
  attributeKinds,
  type AttributeValue,
  type WritableAttributeKind,
} from "./attribute-kinds.js";
import {
  type AttributeScope,
  checkDeletedScope,
  type CheckedScope,
  checkScope,
  type DeletedScope,
  type WritableAttributeScope,
} from "./attribute-scope.js";

/** Attributes as they apply to a scope. */
export interface AppliedAttributes<K extends AttributeKind> {
  /** The kind of attributes. */
  readonly kind: K;
  /** The message of this kind. */
  readonly value: AttributeValue<K>;
  /** The scope that the value is set for: the one asked for, or a wider one. */
  readonly scope: AttributeScope;
}

/**
 * Gets the attributes of one kind that apply to a scope: its own, or those of the nearest wider
 * scope. For a project's `workflowExecutionConfig` the server's own defaults are mixed in.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call; NotFoundError when no scope has any;
 *   InvalidArgumentError when the project or domain does not exist
 */
export async function getAttributes<K extends AttributeKind>(
  connection: Connection,
  kind: K,
  scope: AttributeScope,
  options?: CallOptions,
): Promise<AppliedAttributes<K>> {
  const found = await read(connection, kind, scope, options);
  const attributes = found?.matchingAttributes;
  const value = attributes && requireOneOf(attributeKinds, kind).read(attributes);
  if (found !== undefined && value !== undefined) return { kind, value, scope: scopeOf(found) };
  throw new NotFoundError(
    `No ${kind} are set for ${Object.values(scope).join("/")}, or for a wider scope. Set them with attributes.update.`,
  );
}

/**
 * Sets the attributes of one kind for a scope, in place of what was set for it. Only
 * `pluginOverrides` are merged with those that were set, by task type.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when the
 *   project or domain does not exist
 */
export async function updateAttributes<K extends WritableAttributeKind>(
  connection: Connection,
  kind: K,
  scope: WritableAttributeScope<K>,
  value: AttributeInput<K>,
  options?: CallOptions,
): Promise<void> {
  const facts = requireOneOf(attributeKinds, kind);
  const { level, fields } = checkScope(scope);
  checkWritable(kind, level);
  const attributes = { ...fields, matchingAttributes: facts.write(value) };
  switch (level) {
    case "project":
      await callUnary(connection, updateProjectAttributesMethod, { attributes }, options);
      return;
    case "projectDomain":
      await callUnary(connection, updateProjectDomainAttributesMethod, { attributes }, options);
      return;
    case "workflow":
      await callUnary(connection, updateWorkflowAttributesMethod, { attributes }, options);
  }
}

/** FlyteAdmin 1.13 to 1.16 fail these whatever the value. */
function checkWritable(kind: AttributeKind, level: CheckedScope["level"]): void {
  if (kind === "qualityOfService") {
    const problem =
      "FlyteAdmin cannot store qualityOfService. Set it in the metadata of a launch plan or an execution, or in the server's configuration.";
    throw new InvalidOptionError(problem, { option: "kind" });
  }
  if (kind === "pluginOverrides" && level === "project") {
    const problem =
      "FlyteAdmin cannot store pluginOverrides for a whole project. Give a domain in scope.";
    throw new InvalidOptionError(problem, { option: "scope.domain" });
  }
}

/**
 * Deletes the attributes of one kind that are set for a scope. Deleting none is not an error.
 *
 * Deleting those of a project also deletes those of its domains and workflows, and deleting
 * those of a project-domain those of its workflows; `includingNarrower` says that this is meant.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before the call; InvalidArgumentError when the
 *   project or domain does not exist
 */
export async function deleteAttributes(
  connection: Connection,
  kind: AttributeKind,
  scope: DeletedScope,
  options?: CallOptions,
): Promise<void> {
  const { resourceType } = requireOneOf(attributeKinds, kind);
  const { level, fields } = checkDeletedScope(scope);
  const request = { ...fields, resourceType };
  switch (level) {
    case "project":
      await callUnary(connection, deleteProjectAttributesMethod, request, options);
      return;
    case "projectDomain":
      await callUnary(connection, deleteProjectDomainAttributesMethod, request, options);
      return;
    case "workflow":
      await callUnary(connection, deleteWorkflowAttributesMethod, request, options);
  }
}

/**
 * Lists the attributes of one kind of the whole server, the narrowest scopes first. FlyteAdmin
 * has no pages here.
 */
export async function listAttributes(
  connection: Connection,
  kind: AttributeKind,
  options?: CallOptions,
): Promise<MatchableAttributesConfiguration[]> {
  const { resourceType } = requireOneOf(attributeKinds, kind);
  const request = { resourceType };
  const reply = await callUnary(connection, listMatchableAttributesMethod, request, options);
  return reply.configurations;
}

async function read(
  connection: Connection,
  kind: AttributeKind,
  scope: AttributeScope,
  options?: CallOptions,
): Promise<FoundAttributes | undefined> {
  const { resourceType } = requireOneOf(attributeKinds, kind);
  const checked = checkScope(scope);
  switch (checked.level) {
    case "project": {
      const request = { ...checked.fields, resourceType };
      return (await callUnary(connection, getProjectAttributesMethod, request, options)).attributes;
    }
    case "projectDomain": {
      const request = { ...checked.fields, resourceType };
      return (await callUnary(connection, getProjectDomainAttributesMethod, request, options))
        .attributes;
    }
    case "workflow": {
      const request = { ...checked.fields, resourceType };
      return (await callUnary(connection, getWorkflowAttributesMethod, request, options))
        .attributes;
    }
  }
}

/** The fields that the three answers have in common. */
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
