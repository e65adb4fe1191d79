import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { Identifier, NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";

/** Returns the key of a row that its name identifies within its list. */
export function nameKey({ id }: { readonly id?: { readonly name: string } | undefined }): string {
  return id?.name ?? "";
}

/** Returns the key of a node in a list of one execution. */
export function nodeKey({ id }: { readonly id?: NodeExecutionIdentifier | undefined }): string {
  return id?.nodeId ?? "";
}

/** Returns the key of a version in a list of one project and domain. */
export function versionKey({ id }: { readonly id?: Identifier | undefined }): string {
  return joinKey(id?.resourceType, id?.name, id?.version);
}

/**
 * Creates the key of attempts in a list of one node. Nearly all of them run one task, and need no
 * more than their number: a string for each would slow down long lists.
 */
export function createAttemptKey(): (attempt: TaskExecution) => string | number {
  let firstTask: Identifier | undefined;
  return ({ id }) => {
    const task = id?.taskId;
    firstTask ??= task;
    if (id !== undefined && isSameTask(task, firstTask)) return id.retryAttempt;
    return joinKey(task?.project, task?.domain, task?.name, task?.version, id?.retryAttempt);
  };
}

function isSameTask(one: Identifier | undefined, other: Identifier | undefined): boolean {
  return (
    one?.version === other?.version &&
    one?.name === other?.name &&
    one?.domain === other?.domain &&
    one?.project === other?.project
  );
}

/** Keys are never shown and never parsed, so a character that no name has separates the parts. */
function joinKey(...parts: readonly (string | number | undefined)[]): string {
  return parts.join("\u0000");
}
