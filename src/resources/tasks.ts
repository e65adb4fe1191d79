import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import type { Task } from "../../gen/flyteidl/admin/task_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import type { ListOptions, PagedList } from "../lists/paging/index.js";
import {
  createTask,
  getLatestTask,
  getTask,
  listTaskNames,
  listTasks,
  type TaskInput,
  type TaskQuery,
} from "../registry/index.js";
import type {
  NamedEntityIdInput,
  ResourceIdInput,
  ScopeInput,
} from "../values/identifiers/index.js";

/**
 * Tasks, each in versions.
 *
 * @example
 * ```ts
 * const scope = { project: "flytesnacks", domain: "development" };
 * for await (const { name } of admin.tasks.listNames(scope)) console.log(name);
 *
 * const latest = await admin.tasks.getLatest({ ...scope, name: "core.retry.flaky" });
 * console.log("latest version:", latest.id?.version);
 *
 * for await (const task of admin.tasks.list({ ...scope, name: "core.retry.flaky" })) {
 *   console.log(task.id?.version, task.closure?.compiledTask?.template?.type);
 * }
 * ```
 */
export class Tasks {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Lists versions of tasks: every version is a row, with its whole spec.
   *
   * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
   */
  list(query?: TaskQuery, options?: ListOptions): PagedList<Task> {
    return listTasks(this.#connection, query, options);
  }

  /**
   * Lists the names of tasks, each once, sorted by name. Archived names are among them.
   *
   * @throws InvalidIdentifierError or InvalidOptionError before any call
   */
  listNames(query?: ScopeInput, options?: ListOptions): PagedList<NamedEntityIdentifier> {
    return listTaskNames(this.#connection, query, options);
  }

  /**
   * Gets one version of a task.
   *
   * @throws InvalidIdentifierError before the call (the server would answer an empty version with
   *   some version); NotFoundError when the version does not exist
   */
  get(id: ResourceIdInput, options?: CallOptions): Promise<Task> {
    return getTask(this.#connection, id, options);
  }

  /**
   * Gets the version of a task that was registered last.
   *
   * @throws InvalidIdentifierError before the call; NotFoundError when the task has no version
   */
  getLatest(id: NamedEntityIdInput, options?: CallOptions): Promise<Task> {
    return getLatestTask(this.#connection, id, options);
  }

  /**
   * Registers a version of a task. The template's id may be left out: it is that of the task.
   *
   * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
   *   registered with the same spec; InvalidArgumentError when it is registered with another
   *   spec, or when the spec is not complete
   */
  create(task: TaskInput, options?: CallOptions): Promise<void> {
    return createTask(this.#connection, task, options);
  }
}
