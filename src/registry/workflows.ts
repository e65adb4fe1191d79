import type { MessageInitShape } from "@bufbuild/protobuf";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import type { WorkflowSpecSchema } from "../../gen/flyteidl/admin/workflow_pb.js";
import { type Workflow, WorkflowSchema } from "../../gen/flyteidl/admin/workflow_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import {
  createWorkflowMethod,
  getWorkflowMethod,
  listWorkflowIdsMethod,
  listWorkflowsMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/call-options.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import { workflowFilters } from "../lists/filters/index.js";
import { listRows } from "../lists/listing.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  type NamedEntityIdInput,
  requireResourceId,
  type ResourceIdInput,
  type ScopeInput,
} from "../values/identifiers/index.js";
import {
  latestVersion,
  listNames,
  versionKey,
  type VersionQuery,
  versionScope,
} from "./versions.js";

/** Which versions of workflows to list. */
export type WorkflowQuery = VersionQuery<"workflow">;

/** A workflow to register. */
export interface NewWorkflow {
  readonly id: ResourceIdInput | undefined;
  readonly spec: MessageInitShape<typeof WorkflowSpecSchema>;
}

const newWorkflowNames: OptionNames<NewWorkflow> = { id: true, spec: true };

/**
 * Lists versions of workflows: every version is a row. Its closure holds the interface and the
 * time of registration only; `getWorkflow` gives the nodes.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export function listWorkflows(
  connection: Connection,
  query: WorkflowQuery = {},
  options?: ListOptions,
): PagedList<Workflow> {
  const id = versionScope(connection, query);
  return listRows(
    {
      rpc: "ListWorkflows",
      filters: workflowFilters,
      schema: WorkflowSchema,
      fetch: async (page, call) => {
        const reply = await callUnary(connection, listWorkflowsMethod, { id, ...page }, call);
        return { items: reply.workflows, token: reply.token };
      },
      keyOf: versionKey,
    },
    query,
    options,
  );
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
  return listNames(
    connection,
    "ListWorkflowIds",
    (page, call) => callUnary(connection, listWorkflowIdsMethod, page, call),
    query,
    options,
  );
}

/**
 * Gets one version of a workflow.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when there is no such
 *   version; FlyteError with code INTERNAL when the server cannot read its compiled form
 */
export async function getWorkflow(
  connection: Connection,
  id: ResourceIdInput | undefined,
  options?: CallOptions,
): Promise<Workflow> {
  const request = { id: requireResourceId(ResourceType.WORKFLOW, id, connection.defaults) };
  return callUnary(connection, getWorkflowMethod, request, options);
}

/**
 * Gets the version of a workflow that was registered last.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the workflow has no version
 */
export async function getLatestWorkflow(
  connection: Connection,
  id: NamedEntityIdInput | undefined,
  options?: CallOptions,
): Promise<Workflow> {
  return latestVersion("workflow", id, connection, (named) =>
    listWorkflows(
      connection,
      { ...named, orderBy: { field: "createdAt", direction: "descending" } },
      options,
    ),
  );
}

/**
 * Registers a version of a workflow.
 *
 * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
 *   registered with the same spec; InvalidArgumentError when it is registered with another
 *   spec, or when it does not compile
 */
export async function createWorkflow(
  connection: Connection,
  workflow: NewWorkflow,
  options?: CallOptions,
): Promise<void> {
  const expected = "an object with id and spec";
  const { id, spec } = requireKnownOptions(workflow, newWorkflowNames, "workflow", expected);
  const request = {
    id: requireResourceId(ResourceType.WORKFLOW, id, connection.defaults),
    spec,
  };
  await callUnary(connection, createWorkflowMethod, request, options);
}
