import type { MessageInitShape } from "@bufbuild/protobuf";

import type { NamedEntityIdentifier } from "../../gen/flyteidl/admin/common_pb.js";
import { type Task, TaskSpecSchema } from "../../gen/flyteidl/admin/task_pb.js";
import { ResourceType } from "../../gen/flyteidl/core/identifier_pb.js";
import { callUnary, type Connection } from "../calls/index.js";
import { createTaskMethod, getTaskMethod } from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";
import { listTaskIdsRpc, listTasksRpc } from "../lists/index.js";
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

/** The versions of tasks to list. */
export type TaskQuery = VersionQuery<"task">;

/** A task to register. */
export interface TaskInput {
  /** The version to create. */
  readonly id: ResourceIdInput;
  /** The specification: the template of the task. */
  readonly spec: MessageInitShape<typeof TaskSpecSchema>;
}

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
  return listVersions(connection, listTasksRpc, query, options);
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
  return listNames(connection, listTaskIdsRpc, query, options);
}

/**
 * Gets one version of a task.
 *
 * @throws InvalidIdentifierError before the call (the server would answer an empty version with
 *   some version); NotFoundError when the version does not exist
 */
export function getTask(
  connection: Connection,
  id: ResourceIdInput,
  options?: CallOptions,
): Promise<Task> {
  return getVersion(connection, getTaskMethod, ResourceType.TASK, id, options);
}

/**
 * Gets the version of a task that was registered last.
 *
 * @throws InvalidIdentifierError before the call; NotFoundError when the task has no version
 */
export function getLatestTask(
  connection: Connection,
  id: NamedEntityIdInput,
  options?: CallOptions,
): Promise<Task> {
  return getLatestVersion(connection, "task", listTasks, id, options);
}

/**
 * Registers a version of a task. The template's id may be left out: it is that of the task.
 *
 * @throws InvalidIdentifierError before the call; AlreadyExistsError when the version is
 *   registered with the same spec; InvalidArgumentError when it is registered with another
 *   spec, or when the spec is not complete
 */
export async function createTask(
  connection: Connection,
  task: TaskInput,
  options?: CallOptions,
): Promise<void> {
  const { id, spec } = requireNewVersion(connection, ResourceType.TASK, "task", task);
  const complete = completeSpec(TaskSpecSchema, spec, "task", id);
  if (complete.template !== undefined) complete.template.id ??= id;
  await callUnary(connection, createTaskMethod, { id, spec: complete }, options);
}
