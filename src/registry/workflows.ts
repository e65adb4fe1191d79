import type { MessageInitShape } from "@bufbuild/protobuf";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import { type Workflow, WorkflowSpecSchema } from "../../gen/flyteidl/admin/workflow_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { callUnary, type Connection } from "../calls/index.js";
import { createWorkflowMethod, getWorkflowMethod } from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import { listWorkflowIdsRpc, listWorkflowsRpc } from "../lists/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import type {
  NamedEntityIdInput,
  ResourceIdInput,
  ScopeInput,
} from "../values/identifiers/index.js";
import { completeSpec } from "./complete-spec.js";
import {
  getLatestVersion,
  getVersion,
  listNames,
  listVersions,
  requireNewVersion,
  type VersionQuery,
} from "./versions.js";

/** The versions of workflows to list. */
export type WorkflowQuery = VersionQuery<"workflow">;

/** A workflow to register. */
export interface WorkflowInput {
  /** The version to create. */
  readonly id: ResourceIdInput;
  /** The specification: the template of the workflow. */
  readonly spec: MessageInitShape<typeof WorkflowSpecSchema>;
}

/**
 * Lists versions of workflows: every version is a row. Its closure holds the interface and the
 * time of registration only; `getWorkflow` returns the nodes.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export function listWorkflows(
  connection: Connection,
  query: WorkflowQuery = {},
  options?: ListOptions,
): PagedList<Workflow> {
  return listVersions(connection, listWorkflowsRpc, query, options);
}

/**
 * Lists the names of workflows, each once, sorted by name. Archived names are among them.
 *
 * @throws InvalidIdentifierError or InvalidOptionError before any call
 */
export function listWorkflowNames(
  connection: Connection,
  query: ScopeInput = {},
  options?: ListOptions,
): PagedList<NamedEntityIdentifier> {
  return listNames(connection, listWorkflowIdsRpc, query, options);
}

/**
 * Gets one version of a workflow.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the
 *   version does not exist; FlyteError with code INTERNAL when the server cannot read its compiled form
 */
export function getWorkflow(
  connection: Connection,
  id: ResourceIdInput,
  options?: CallOptions,
): Promise<Workflow> {
  return getVersion(connection, getWorkflowMethod, ResourceType.WORKFLOW, id, options);
}

/**
 * Gets the version of a workflow that was registered last.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the workflow has no version
 */
export function getLatestWorkflow(
  connection: Connection,
  id: NamedEntityIdInput,
  options?: CallOptions,
): Promise<Workflow> {
  return getLatestVersion(connection, "workflow", listWorkflows, id, options);
}

/**
 * Registers a version of a workflow. The template's id may be left out: it is that of the workflow.
 * Identifiers inside, such as those of tasks, may leave out their resource type, and a project, domain
 * or version that is the workflow's.
 *
 * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
 *   registered with the same spec; InvalidArgumentError when it is registered with another
 *   spec, or when it does not compile
 */
export async function createWorkflow(
  connection: Connection,
  workflow: WorkflowInput,
  options?: CallOptions,
): Promise<void> {
  const { id, spec } = requireNewVersion(connection, ResourceType.WORKFLOW, "workflow", workflow);
  const complete = completeSpec(WorkflowSpecSchema, spec, "workflow", id);
  if (complete.template !== undefined) complete.template.id ??= id;
  await callUnary(connection, createWorkflowMethod, { id, spec: complete }, options);
}
