import { clone, create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";

import {
  ListMatchableAttributesResponseSchema,
  MatchableResource,
  type MatchingAttributes,
  MatchingAttributesSchema,
} from "../../../../../gen/flyteidl/admin/matchable_resource_pb.js";
import {
  ProjectAttributesDeleteResponseSchema,
  ProjectAttributesGetResponseSchema,
  ProjectAttributesUpdateResponseSchema,
} from "../../../../../gen/flyteidl/admin/project_attributes_pb.js";
import {
  ProjectDomainAttributesDeleteResponseSchema,
  ProjectDomainAttributesGetResponseSchema,
  ProjectDomainAttributesUpdateResponseSchema,
} from "../../../../../gen/flyteidl/admin/project_domain_attributes_pb.js";
import {
  WorkflowAttributesDeleteResponseSchema,
  WorkflowAttributesGetResponseSchema,
  WorkflowAttributesUpdateResponseSchema,
} from "../../../../../gen/flyteidl/admin/workflow_attributes_pb.js";
import type { FlyteState, ResourceRow } from "../../../store/index.js";
import { adminError, invalidArgument, invalidValue, missing } from "../../../server-errors.js";
import {
  type AttributeLevel,
  type AttributeScope,
  bareScopeText,
  deleteRows,
  changeRow,
  findFittingRow,
  findOwnRow,
  findRow,
  listAllRows,
  mergePluginOverrides,
  namedScopeText,
  rowAttributes,
  writeRow,
} from "./rows.js";
import { isMatchableResource, targetResource } from "./targets.js";
import {
  checkActiveProject,
  checkKnownProject,
  checkScope,
  requireField,
} from "../checks/index.js";
import type { AdminHandlers } from "../handler-types.js";

type AttributeRpc =
  | "updateProjectAttributes"
  | "getProjectAttributes"
  | "deleteProjectAttributes"
  | "updateProjectDomainAttributes"
  | "getProjectDomainAttributes"
  | "deleteProjectDomainAttributes"
  | "updateWorkflowAttributes"
  | "getWorkflowAttributes"
  | "deleteWorkflowAttributes"
  | "listMatchableAttributes";

/** The RPCs of matchable attributes. */
export function attributeHandlers(state: FlyteState): Pick<AdminHandlers, AttributeRpc> {
  return {
    updateProjectAttributes: ({ attributes }) => {
      if (attributes === undefined) throw missing("attributes");
      const { project, matchingAttributes } = attributes;
      checkActiveProject(state, project);
      writeAttributes(state, "project", { project }, matchingAttributes);
      return create(ProjectAttributesUpdateResponseSchema);
    },
    getProjectAttributes: ({ project, resourceType }) => {
      checkKnownProject(state, project);
      const matchingAttributes = projectAttributes(state, project, resourceType);
      return create(ProjectAttributesGetResponseSchema, {
        attributes: { project, matchingAttributes },
      });
    },
    deleteProjectAttributes: ({ project, resourceType }) => {
      checkActiveProject(state, project);
      deleteRows(state, { project }, resourceType);
      return create(ProjectAttributesDeleteResponseSchema);
    },
    updateProjectDomainAttributes: ({ attributes }) => {
      if (attributes === undefined) throw missing("attributes");
      const { project, domain, matchingAttributes } = attributes;
      checkScope(state, project, domain);
      writeAttributes(state, "project-domain", { project, domain }, matchingAttributes);
      return create(ProjectDomainAttributesUpdateResponseSchema);
    },
    getProjectDomainAttributes: ({ project, domain, resourceType }) => {
      checkScope(state, project, domain);
      const row = requireRow(state, { project, domain }, resourceType);
      return create(ProjectDomainAttributesGetResponseSchema, {
        attributes: {
          project: row.project,
          domain: row.domain,
          matchingAttributes: rowAttributes(row),
        },
      });
    },
    deleteProjectDomainAttributes: ({ project, domain, resourceType }) => {
      checkScope(state, project, domain);
      deleteRows(state, { project, domain }, resourceType);
      return create(ProjectDomainAttributesDeleteResponseSchema);
    },
    updateWorkflowAttributes: ({ attributes }) => {
      if (attributes === undefined) throw missing("attributes");
      const { project, domain, workflow, matchingAttributes } = attributes;
      checkWorkflowScope(state, project, domain, workflow);
      writeAttributes(state, "workflow", { project, domain, workflow }, matchingAttributes);
      return create(WorkflowAttributesUpdateResponseSchema);
    },
    // The answer shows the scope of the row that was found, which may be a wider one.
    getWorkflowAttributes: ({ project, domain, workflow, resourceType }) => {
      checkWorkflowScope(state, project, domain, workflow);
      const row = requireRow(state, { project, domain, workflow }, resourceType);
      return create(WorkflowAttributesGetResponseSchema, {
        attributes: {
          project: row.project,
          domain: row.domain,
          workflow: row.workflow,
          matchingAttributes: rowAttributes(row),
        },
      });
    },
    deleteWorkflowAttributes: ({ project, domain, workflow, resourceType }) => {
      checkWorkflowScope(state, project, domain, workflow);
      deleteRows(state, { project, domain, workflow }, resourceType);
      return create(WorkflowAttributesDeleteResponseSchema);
    },
    listMatchableAttributes: ({ resourceType }) => {
      if (!isMatchableResource(resourceType)) throw invalidValue("resource_type");
      return create(ListMatchableAttributesResponseSchema, {
        configurations: listAllRows(state, resourceType).map((row) => ({
          project: row.project,
          domain: row.domain,
          workflow: row.workflow,
          launchPlan: row.launchPlan,
          attributes: rowAttributes(row),
        })),
      });
    },
  };
}

function checkWorkflowScope(
  state: FlyteState,
  project: string,
  domain: string,
  workflow: string,
): void {
  checkScope(state, project, domain);
  requireField(workflow, "name");
}

/** Writes attributes; those that were there go, but for plugin overrides, which are merged by task type. */
function writeAttributes(
  state: FlyteState,
  level: AttributeLevel,
  scope: AttributeScope,
  attributes: MatchingAttributes | undefined,
): void {
  const { project, domain = "", workflow = "" } = scope;
  const resource = targetResource(attributes, Object.values(scope).join("-"));
  if (attributes === undefined) throw missing("matching_attributes");
  const isMerged = resource === MatchableResource.PLUGIN_OVERRIDE;
  if (isMerged && domain === "") throw noScope(scope, resource);
  if (domain === "" && project === "") {
    throw invalidArgument(`missing and/or invalid parameters: ${bareScopeText(scope, resource)}`);
  }
  if (project === "" && workflow !== "") {
    throw invalidArgument(`missing and/or invalid parameters: ${bareScopeText(scope, resource)}`);
  }
  const existing = isMerged ? findFittingRow(state, scope, resource) : undefined;
  if (existing === undefined) writeRow(state, level, scope, resource, attributes);
  else changeRow(state, existing, mergePluginOverrides(rowAttributes(existing), attributes));
}

function requireRow(
  state: FlyteState,
  scope: AttributeScope,
  resource: MatchableResource,
): ResourceRow {
  if (scope.project === "" && (scope.workflow ?? "") !== "") throw noScope(scope, resource);
  return findRow(state, scope, resource) ?? throwNotFound(scope, resource);
}

function throwNotFound(scope: AttributeScope, resource: MatchableResource): never {
  throw adminError(Code.NotFound, `Resource [${namedScopeText(scope, resource)}] not found`);
}

/** A scope that the server's look-up does not take fails as if the server were at fault. */
function noScope(scope: AttributeScope, resource: MatchableResource): Error {
  const text = `missing and/or invalid parameters: ${bareScopeText(scope, resource)}`;
  return adminError(Code.Internal, `unexpected error type for: ${text}`);
}

/** Only here, and only for the configuration of executions, does the server fill in its own defaults. */
function projectAttributes(
  state: FlyteState,
  project: string,
  resource: MatchableResource,
): MatchingAttributes {
  if (project === "") throw noScope({ project }, resource);
  const row = findOwnRow(state, "project", { project }, resource);
  if (resource !== MatchableResource.WORKFLOW_EXECUTION_CONFIG) {
    return rowAttributes(row ?? throwNotFound({ project }, resource));
  }
  const attributes =
    row === undefined
      ? emptyExecutionConfig()
      : clone(MatchingAttributesSchema, rowAttributes(row));
  if (attributes.target.case === "workflowExecutionConfig") {
    attributes.target.value.maxParallelism ||= state.config.maxParallelism;
  }
  return attributes;
}

function emptyExecutionConfig(): MatchingAttributes {
  return create(MatchingAttributesSchema, {
    target: { case: "workflowExecutionConfig", value: {} },
  });
}
