import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CallOptions } from "@connectrpc/connect";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import { type Task, type TaskSpecSchema, TaskSchema } from "../../gen/flyteidl/admin/task_pb.js";
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

/** Which versions of tasks to list. */
export type TaskQuery = VersionQuery<"task">;

/** A task to register. */
export interface NewTask {
  readonly id: ResourceIdInput | undefined;
  readonly spec: MessageInitShape<typeof TaskSpecSchema>;
}

/**
 * Tasks, each in versions.
 *
 * {@includeCode ../../examples/resources/tasks.ts#example}
 */
export class Tasks {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Lists versions of tasks: every version is a row, with its whole spec.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query: TaskQuery = {}, options?: ListOptions): PagedList<Task> {
    const id = versionScope(this.#context, query);
    return listRows(
      {
        rpc: "ListTasks",
        entity: "task",
        schema: TaskSchema,
        fetch: async (page, call) => {
          const reply = await this.#context.clients.admin.listTasks({ id, ...page }, call);
          return { items: reply.tasks, token: reply.token };
        },
        keyOf: versionKey,
      },
      query,
      options,
    );
  }

  /**
   * Lists the names of tasks, each once, sorted by name. Archived names are among them.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  listNames(query: ScopeInput = {}, options?: ListOptions): PagedList<NamedEntityIdentifier> {
    return listNames(
      this.#context,
      "ListTaskIds",
      (page, call) => this.#context.clients.admin.listTaskIds(page, call),
      query,
      options,
    );
  }

  /**
   * Gets one version of a task.
   *
   * @throws InvalidIdentifierError before the call (the server would answer an empty version with
   *   some version); NotFoundError when there is no such version
   */
  async get(id: ResourceIdInput | undefined, options?: CallOptions): Promise<Task> {
    const request = { id: requireResourceId(ResourceType.TASK, id, this.#context.defaults) };
    return this.#context.clients.admin.getTask(request, options);
  }

  /**
   * Gets the version of a task that was registered last.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the task has no version
   */
  async getLatest(id: NamedEntityIdInput | undefined, options?: CallOptions): Promise<Task> {
    return latestVersion("task", id, this.#context, (named) =>
      this.list({ ...named, orderBy: { field: "createdAt", direction: "descending" } }, options),
    );
  }

  /**
   * Registers a version of a task.
   *
   * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
   *   registered with the same spec; InvalidArgumentError when it is registered with another
   *   spec, or when the spec is not complete
   */
  async create(task: NewTask, options?: CallOptions): Promise<void> {
    const { id, spec } = requireObject(task, "task", "an object with id and spec");
    const request = { id: requireResourceId(ResourceType.TASK, id, this.#context.defaults), spec };
    await this.#context.clients.admin.createTask(request, options);
  }
}
