import type { MessageInitShape } from "@bufbuild/protobuf";
import { ClusterAssignmentSchema } from "../../gen/flyteidl/admin/cluster_assignment_pb.js";
import {
  ClusterResourceAttributesSchema,
  ExecutionClusterLabelSchema,
  ExecutionQueueAttributesSchema,
  MatchableResource,
  type MatchingAttributes,
  type MatchingAttributesSchema,
  PluginOverridesSchema,
  TaskResourceAttributesSchema,
  WorkflowExecutionConfigSchema,
} from "../../gen/flyteidl/admin/matchable_resource_pb.js";
import { QualityOfServiceSchema } from "../../gen/flyteidl/core/execution_pb.js";
import { InvalidIdentifierError, InvalidOptionError } from "../errors/index.js";
import {
  describeValue,
  type OptionNames,
  requireKnownOptions,
} from "../internal/validation/index.js";
import { requireMessage } from "../values/index.js";

type Target = Exclude<MatchingAttributes["target"], { case: undefined }>;
type TargetInit = Extract<
  NonNullable<MessageInitShape<typeof MatchingAttributesSchema>["target"]>,
  { case: string }
>;

/** A kind of matchable attributes: the oneof case that holds its value. */
export type AttributeKind = Target["case"];

/** A kind that can be set. FlyteAdmin lists `qualityOfService` and refuses to store it. */
export type WritableAttributeKind = Exclude<AttributeKind, "qualityOfService">;

/** The value of a kind, as the server returns it. */
export type AttributeValue<K extends AttributeKind> = Extract<Target, { case: K }>["value"];

/** The value of a kind, as a caller writes it. */
export type AttributeInput<K extends AttributeKind> = Extract<TargetInit, { case: K }>["value"];

/** The server's name of a kind, and how its value goes into a message. */
interface KindFacts<K extends AttributeKind> {
  readonly resourceType: MatchableResource;
  /** Checks a value, and puts it into the oneof. */
  readonly target: (value: AttributeInput<K>) => TargetInit;
  /** Takes the value out of the oneof, when it holds this kind. */
  readonly value: (target: MatchingAttributes["target"]) => AttributeValue<K> | undefined;
}

/** The eight kinds. */
export const attributeKinds: { readonly [K in AttributeKind]: KindFacts<K> } = {
  taskResourceAttributes: {
    resourceType: MatchableResource.TASK_RESOURCE,
    target: (value) => ({
      case: "taskResourceAttributes",
      value: requireMessage(TaskResourceAttributesSchema, value, "value"),
    }),
    value: (target) => (target.case === "taskResourceAttributes" ? target.value : undefined),
  },
  clusterResourceAttributes: {
    resourceType: MatchableResource.CLUSTER_RESOURCE,
    target: (value) => ({
      case: "clusterResourceAttributes",
      value: requireMessage(ClusterResourceAttributesSchema, value, "value"),
    }),
    value: (target) => (target.case === "clusterResourceAttributes" ? target.value : undefined),
  },
  executionQueueAttributes: {
    resourceType: MatchableResource.EXECUTION_QUEUE,
    target: (value) => ({
      case: "executionQueueAttributes",
      value: requireMessage(ExecutionQueueAttributesSchema, value, "value"),
    }),
    value: (target) => (target.case === "executionQueueAttributes" ? target.value : undefined),
  },
  executionClusterLabel: {
    resourceType: MatchableResource.EXECUTION_CLUSTER_LABEL,
    target: (value) => ({
      case: "executionClusterLabel",
      value: requireMessage(ExecutionClusterLabelSchema, value, "value"),
    }),
    value: (target) => (target.case === "executionClusterLabel" ? target.value : undefined),
  },
  qualityOfService: {
    resourceType: MatchableResource.QUALITY_OF_SERVICE_SPECIFICATION,
    target: (value) => ({
      case: "qualityOfService",
      value: requireMessage(QualityOfServiceSchema, value, "value"),
    }),
    value: (target) => (target.case === "qualityOfService" ? target.value : undefined),
  },
  pluginOverrides: {
    resourceType: MatchableResource.PLUGIN_OVERRIDE,
    target: (value) => ({
      case: "pluginOverrides",
      value: requireMessage(PluginOverridesSchema, value, "value"),
    }),
    value: (target) => (target.case === "pluginOverrides" ? target.value : undefined),
  },
  workflowExecutionConfig: {
    resourceType: MatchableResource.WORKFLOW_EXECUTION_CONFIG,
    target: (value) => ({
      case: "workflowExecutionConfig",
      value: requireMessage(WorkflowExecutionConfigSchema, value, "value"),
    }),
    value: (target) => (target.case === "workflowExecutionConfig" ? target.value : undefined),
  },
  clusterAssignment: {
    resourceType: MatchableResource.CLUSTER_ASSIGNMENT,
    target: (value) => ({
      case: "clusterAssignment",
      value: requireMessage(ClusterAssignmentSchema, value, "value"),
    }),
    value: (target) => (target.case === "clusterAssignment" ? target.value : undefined),
  },
};

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
      "Set it to true if that is meant, or name a workflow",
    { option: "scope.includingNarrower" },
  );
}
