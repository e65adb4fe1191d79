import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CallOptions } from "@connectrpc/connect";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import {
  type Workflow,
  type WorkflowSpecSchema,
  WorkflowSchema,
} from "../../gen/flyteidl/admin/workflow_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import {
  type NamedEntityIdInput,
  requireResourceId,
  type ResourceIdInput,
  type ScopeInput,
} from "../values/identifiers/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import { requireObject } from "../internal/require-object.js";
import type { ResourceContext } from "./context.js";
import { listRows } from "../lists/listing.js";
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

/**
 * Workflows, each in versions.
 *
 * {@includeCode ../../examples/resources/workflows.ts#example}
 */
export class Workflows {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Lists versions of workflows: every version is a row. Its closure holds the interface and the
   * time of registration only; `get` gives the nodes.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query: WorkflowQuery = {}, options?: ListOptions): PagedList<Workflow> {
    const id = versionScope(this.#context, query);
    return listRows(
      {
        rpc: "ListWorkflows",
        entity: "workflow",
        schema: WorkflowSchema,
        fetch: async (page, call) => {
          const reply = await this.#context.clients.admin.listWorkflows({ id, ...page }, call);
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
  listNames(query: ScopeInput = {}, options?: ListOptions): PagedList<NamedEntityIdentifier> {
    return listNames(
      this.#context,
      "ListWorkflowIds",
      (page, call) => this.#context.clients.admin.listWorkflowIds(page, call),
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
  async get(id: ResourceIdInput | undefined, options?: CallOptions): Promise<Workflow> {
    const request = { id: requireResourceId(ResourceType.WORKFLOW, id, this.#context.defaults) };
    return this.#context.clients.admin.getWorkflow(request, options);
  }

  /**
   * Gets the version of a workflow that was registered last.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the workflow has no version
   */
  async getLatest(id: NamedEntityIdInput | undefined, options?: CallOptions): Promise<Workflow> {
    return latestVersion("workflow", id, this.#context, (named) =>
      this.list({ ...named, orderBy: { field: "createdAt", direction: "descending" } }, options),
    );
  }

  /**
   * Registers a version of a workflow.
   *
   * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
   *   registered with the same spec; InvalidArgumentError when it is registered with another
   *   spec, or when it does not compile
   */
  async create(workflow: NewWorkflow, options?: CallOptions): Promise<void> {
    const { id, spec } = requireObject(workflow, "workflow", "an object with id and spec");
    const request = {
      id: requireResourceId(ResourceType.WORKFLOW, id, this.#context.defaults),
      spec,
    };
    await this.#context.clients.admin.createWorkflow(request, options);
  }
}
