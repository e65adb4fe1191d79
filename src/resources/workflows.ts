import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import type { Workflow } from "../../gen/flyteidl/admin/workflow_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  createWorkflow,
  getLatestWorkflow,
  getWorkflow,
  listWorkflowNames,
  listWorkflows,
  type WorkflowInput,
  type WorkflowQuery,
} from "../registry/index.js";
import type {
  NamedEntityIdInput,
  ResourceIdInput,
  ScopeInput,
} from "../values/identifiers/index.js";

/**
 * Workflows, each in versions.
 *
 * @example
 * ```ts
 * const workflow = { project: "flytesnacks", domain: "development", name: "core.flows.sample" };
 * for await (const { id } of admin.workflows.list(workflow)) console.log(id?.version);
 *
 * const { closure } = await admin.workflows.get({ ...workflow, version: "v1" });
 * const nodes = closure?.compiledWorkflow?.primary?.template?.nodes ?? [];
 * console.log(nodes.map((node) => node.id));
 * ```
 */
export class Workflows {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists versions of workflows: every version is a row. Its closure holds the interface and the
   * time of registration only; `get` returns the nodes.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query?: WorkflowQuery, options?: ListOptions): PagedList<Workflow> {
    return listWorkflows(this.#connection, query, options);
  }

  /**
   * Lists the names of workflows, each once, sorted by name. Archived names are among them.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  listNames(query?: ScopeInput, options?: ListOptions): PagedList<NamedEntityIdentifier> {
    return listWorkflowNames(this.#connection, query, options);
  }

  /**
   * Gets one version of a workflow.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the
   *   version does not exist; FlyteError with code INTERNAL when the server cannot read its compiled form
   */
  get(id: ResourceIdInput, options?: CallOptions): Promise<Workflow> {
    return getWorkflow(this.#connection, id, options);
  }

  /**
   * Gets the version of a workflow that was registered last.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the workflow has no version
   */
  getLatest(id: NamedEntityIdInput, options?: CallOptions): Promise<Workflow> {
    return getLatestWorkflow(this.#connection, id, options);
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
  create(workflow: WorkflowInput, options?: CallOptions): Promise<void> {
    return createWorkflow(this.#connection, workflow, options);
  }
}
