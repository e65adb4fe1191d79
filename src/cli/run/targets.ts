import type { TaskExecution } from "../../../gen/flyteidl/admin/task_execution_pb.js";
import type {
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError, NotFoundError } from "../../errors/index.js";
import {
  executionId,
  nodeExecutionId,
  type NodeExecutionIdInput,
  requireExecutionId,
  taskExecutionId,
} from "../../values/identifiers/index.js";
import type { FieldsOf } from "../../lists/filters/index.js";
import type { TargetArgs } from "../commands/index.js";
import { type CommandClient, requireDefaults } from "./with-admin.js";

/** An execution, a node of it, or an attempt of the node, as the arguments name it. */
export type Target =
  | { readonly kind: "execution"; readonly id: WorkflowExecutionIdentifier }
  | { readonly kind: "node"; readonly id: NodeExecutionIdInput }
  | { readonly kind: "attempt"; readonly id: TaskExecutionIdentifier | TaskExecution };

/**
 * Reads the id of an execution: its name, or `project/domain/name`.
 *
 * @throws InvalidIdentifierError for another number of parts; InvalidOptionError where a name has no project or domain
 */
export function readExecutionId(
  { admin }: CommandClient,
  text: string,
): WorkflowExecutionIdentifier {
  if (text.includes("/")) return executionId(text);
  requireDefaults(admin);
  return requireExecutionId({ name: text }, admin.connection.defaults);
}

/**
 * Reads what `EXECUTION [NODE [ATTEMPT]]` names. The first argument may be a whole id with slashes; an attempt that is
 * named by its number is looked up.
 *
 * @throws InvalidIdentifierError for arguments that name nothing; NotFoundError for an attempt that does not exist
 */
export async function readTarget(
  client: CommandClient,
  { execution, node, attempt }: TargetArgs,
): Promise<Target> {
  const parts = execution.split("/").length;
  if (node === undefined) {
    if (parts === 4) return { kind: "node", id: nodeExecutionId(execution) };
    if (parts === 9) return { kind: "attempt", id: taskExecutionId(execution) };
    if (parts !== 1 && parts !== 3) {
      throw new InvalidIdentifierError(
        `${JSON.stringify(execution)} has ${parts} parts. An execution has 1 or 3, a node 4 (project/domain/execution/node), an attempt 9.`,
        { path: "id" },
      );
    }
    return { kind: "execution", id: readExecutionId(client, execution) };
  }
  const nodeId = { executionId: readExecutionId(client, execution), nodeId: node };
  if (attempt === undefined) return { kind: "node", id: nodeId };
  return { kind: "attempt", id: await findAttempt(client, nodeId, attempt) };
}

async function findAttempt(
  { admin, call }: CommandClient,
  node: { readonly executionId: WorkflowExecutionIdentifier; readonly nodeId: string },
  attempt: number,
): Promise<TaskExecution> {
  const query = {
    nodeExecutionId: node,
    where: (f: FieldsOf<"taskExecution">) => f.retryAttempt.eq(attempt),
  };
  const found = await admin.taskExecutions.list(query, { ...call, limit: 1 }).first();
  if (found !== undefined) return found;
  throw new NotFoundError(
    `Node ${node.nodeId} of ${node.executionId.name} has no attempt ${attempt}. The command attempts lists those that it has.`,
    { code: "NOT_FOUND" },
  );
}

/** Returns the last attempt of a node; `undefined` for a node without one. */
export async function lastAttempt(
  { admin, call }: CommandClient,
  nodeExecutionId: NodeExecutionIdInput,
): Promise<TaskExecution | undefined> {
  const orderBy = { field: "retryAttempt", direction: "descending" } as const;
  return admin.taskExecutions.list({ nodeExecutionId, orderBy }, { ...call, limit: 1 }).first();
}
