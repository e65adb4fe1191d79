import {
  type NodeExecutionIdentifier,
  ResourceType,
  type SignalIdentifier,
  type TaskExecutionIdentifier,
  type WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError } from "../../errors/index.js";
import {
  type ExecutionIdInput,
  type IdDefaults,
  type NodeExecutionIdInput,
  type ResourceIdInput,
  type ScopeInput,
  scopeNames,
  type SignalIdInput,
  type TaskExecutionIdInput,
} from "./inputs.js";
import { type IdForm, readIdFields } from "./id-fields.js";
import { requirePart, scopeParts } from "./part.js";
import { requireResourceId } from "./resource-ids.js";
import { describeValue } from "../../internal/validation/index.js";

// Identifiers are written as the plain objects that create() makes, without their descriptors: a page that only reads
// identifiers then bundles nothing of protobuf-es.

interface ExecutionFields extends ScopeInput {
  readonly name: string | undefined;
}

const executionForm: IdForm<ExecutionFields> = {
  expected: "an object with project, domain and name",
  slashForm: "project/domain/name",
  rows: ["flyteidl.admin.Execution"],
  names: { ...scopeNames, name: true },
  fieldsOf: ([project, domain, name]) => ({ project, domain, name }),
};

interface NodeExecutionFields {
  readonly executionId: ExecutionIdInput;
  readonly nodeId: string | undefined;
}

const nodeExecutionForm: IdForm<NodeExecutionFields> = {
  expected: "an object with executionId and nodeId",
  slashForm: "project/domain/execution/node",
  rows: ["flyteidl.admin.NodeExecution"],
  names: { executionId: true, nodeId: true },
  fieldsOf: ([project, domain, name = "", nodeId]) => ({
    executionId: { project, domain, name },
    nodeId,
  }),
};

interface TaskExecutionFields {
  readonly nodeExecutionId: NodeExecutionIdInput;
  readonly taskId: ResourceIdInput;
  readonly retryAttempt: number;
}

const taskExecutionForm: IdForm<TaskExecutionFields> = {
  expected: "an object with nodeExecutionId, taskId and retryAttempt",
  slashForm: "project/domain/execution/node/taskProject/taskDomain/taskName/taskVersion/attempt",
  rows: ["flyteidl.admin.TaskExecution"],
  names: { nodeExecutionId: true, taskId: true, retryAttempt: true },
  fieldsOf: (
    [
      project,
      domain,
      name = "",
      nodeId = "",
      taskProject,
      taskDomain,
      task = "",
      version = "",
      attempt = "",
    ],
    path,
  ) => ({
    nodeExecutionId: { executionId: { project, domain, name }, nodeId },
    taskId: { project: taskProject, domain: taskDomain, name: task, version },
    retryAttempt: attemptOf(attempt, `${path}.attempt`),
  }),
};

interface SignalFields {
  readonly executionId: ExecutionIdInput;
  readonly signalId: string | undefined;
}

const signalForm: IdForm<SignalFields> = {
  expected: "an object with executionId and signalId",
  slashForm: "project/domain/execution/signal",
  rows: ["flyteidl.admin.Signal"],
  names: { executionId: true, signalId: true },
  fieldsOf: ([project, domain, name = "", signalId]) => ({
    executionId: { project, domain, name },
    signalId,
  }),
};

/**
 * Completes and checks the identifier of a workflow execution.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, or a part of it is missing, empty, or no string.
 */
export function requireExecutionId(
  input: ExecutionIdInput | undefined,
  defaults?: IdDefaults,
  path = "id",
): WorkflowExecutionIdentifier {
  const id = readIdFields(input, executionForm, defaults, path);
  return {
    $typeName: "flyteidl.core.WorkflowExecutionIdentifier",
    ...scopeParts(id, defaults, path),
    name: requirePart({ value: id.name, path: `${path}.name` }),
  };
}

/**
 * Completes and checks the identifier of a node execution.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, or a part of it is missing, empty, or no string.
 */
export function requireNodeExecutionId(
  input: NodeExecutionIdInput | undefined,
  defaults?: IdDefaults,
  path = "id",
): NodeExecutionIdentifier {
  const id = readIdFields(input, nodeExecutionForm, defaults, path);
  return {
    $typeName: "flyteidl.core.NodeExecutionIdentifier",
    executionId: requireExecutionId(id.executionId, defaults, `${path}.executionId`),
    nodeId: requirePart({ value: id.nodeId, path: `${path}.nodeId` }),
  };
}

/**
 * Completes and checks the identifier of one attempt of a task.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, a part of it is missing, empty, or no string,
 * its task is not a task, or its `retryAttempt` is not an integer from 0 to 4294967295.
 */
export function requireTaskExecutionId(
  input: TaskExecutionIdInput | undefined,
  defaults?: IdDefaults,
  path = "id",
): TaskExecutionIdentifier {
  const id = readIdFields(input, taskExecutionForm, defaults, path);
  return {
    $typeName: "flyteidl.core.TaskExecutionIdentifier",
    nodeExecutionId: requireNodeExecutionId(
      id.nodeExecutionId,
      defaults,
      `${path}.nodeExecutionId`,
    ),
    taskId: requireResourceId(ResourceType.TASK, id.taskId, defaults, `${path}.taskId`),
    retryAttempt: requireAttempt(id.retryAttempt, `${path}.retryAttempt`),
  };
}

/**
 * Completes and checks the identifier of a signal.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, or a part of it is missing, empty, or no string.
 */
export function requireSignalId(
  input: SignalIdInput | undefined,
  defaults?: IdDefaults,
  path = "id",
): SignalIdentifier {
  const id = readIdFields(input, signalForm, defaults, path);
  return {
    $typeName: "flyteidl.core.SignalIdentifier",
    executionId: requireExecutionId(id.executionId, defaults, `${path}.executionId`),
    signalId: requirePart({ value: id.signalId, path: `${path}.signalId` }),
  };
}

function attemptOf(text: string, path: string): number {
  if (/^(0|[1-9][0-9]*)$/.test(text)) return Number(text);
  throw new InvalidIdentifierError(
    `${path} must be an integer without leading zeros, such as 0, got ${describeValue(text)}.`,
    { path },
  );
}

const maxAttempt = 2 ** 32 - 1;

function requireAttempt(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= maxAttempt) {
    return value;
  }
  throw new InvalidIdentifierError(
    `${path} must be an integer from 0 to ${maxAttempt}, got ${describeValue(value)}.`,
    { path },
  );
}
