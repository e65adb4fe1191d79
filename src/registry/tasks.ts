import type { MessageInitShape } from "@bufbuild/protobuf";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import type { TaskSpecSchema } from "../../gen/flyteidl/admin/task_pb.js";
import { type Task, TaskSchema } from "../../gen/flyteidl/admin/task_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import type { Connection } from "../calls/index.js";
import { callUnary } from "../calls/index.js";
import {
  createTaskMethod,
  getTaskMethod,
  listTaskIdsMethod,
  listTasksMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/call-options.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import { taskFilters } from "../lists/filters/index.js";
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

/** Which versions of tasks to list. */
export type TaskQuery = VersionQuery<"task">;

/** A task to register. */
export interface NewTask {
  readonly id: ResourceIdInput | undefined;
  readonly spec: MessageInitShape<typeof TaskSpecSchema>;
}

const newTaskNames: OptionNames<NewTask> = { id: true, spec: true };

/**
 * Lists versions of tasks: every version is a row, with its whole spec.
 *
 * @throws InvalidIdentifierError, InvalidFilterError or InvalidOptionError before any call
 */
export function listTasks(
  connection: Connection,
  query: TaskQuery = {},
  options?: ListOptions,
): PagedList<Task> {
  const id = versionScope(connection, query);
  return listRows(
    {
      rpc: "ListTasks",
      filters: taskFilters,
      schema: TaskSchema,
      fetch: async (page, call) => {
        const reply = await callUnary(connection, listTasksMethod, { id, ...page }, call);
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
export function listTaskNames(
  connection: Connection,
  query: ScopeInput = {},
  options?: ListOptions,
): PagedList<NamedEntityIdentifier> {
  return listNames(
    connection,
    "ListTaskIds",
    (page, call) => callUnary(connection, listTaskIdsMethod, page, call),
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
export async function getTask(
  connection: Connection,
  id: ResourceIdInput | undefined,
  options?: CallOptions,
): Promise<Task> {
  const request = { id: requireResourceId(ResourceType.TASK, id, connection.defaults) };
  return callUnary(connection, getTaskMethod, request, options);
}

/**
 * Gets the version of a task that was registered last.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the task has no version
 */
export async function getLatestTask(
  connection: Connection,
  id: NamedEntityIdInput | undefined,
  options?: CallOptions,
): Promise<Task> {
  return latestVersion("task", id, connection, (named) =>
    listTasks(
      connection,
      { ...named, orderBy: { field: "createdAt", direction: "descending" } },
      options,
    ),
  );
}

/**
 * Registers a version of a task.
 *
 * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
 *   registered with the same spec; InvalidArgumentError when it is registered with another
 *   spec, or when the spec is not complete
 */
export async function createTask(
  connection: Connection,
  task: NewTask,
  options?: CallOptions,
): Promise<void> {
  const expected = "an object with id and spec";
  const { id, spec } = requireKnownOptions(task, newTaskNames, "task", expected);
  const request = { id: requireResourceId(ResourceType.TASK, id, connection.defaults), spec };
  await callUnary(connection, createTaskMethod, request, options);
}
