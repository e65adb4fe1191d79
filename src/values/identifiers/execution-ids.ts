import { create } from "@bufbuild/protobuf";

import type {
  NodeExecutionIdentifier,
  SignalIdentifier,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import {
  NodeExecutionIdentifierSchema,
  ResourceType,
  SignalIdentifierSchema,
  TaskExecutionIdentifierSchema,
  WorkflowExecutionIdentifierSchema,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError } from "../../errors/index.js";
import type {
  ExecutionIdInput,
  IdDefaults,
  NodeExecutionIdInput,
  SignalIdInput,
  TaskExecutionIdInput,
} from "./inputs.js";
import { requireFields, requirePart } from "./part.js";
import { requireResourceId } from "./resource-ids.js";
import { scopeParts } from "./scope.js";

/**
 * Completes and checks the identifier of a workflow execution.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, or a part of it is missing, empty, or no string.
 */
export function requireExecutionId(
  input: ExecutionIdInput | undefined,
  defaults: IdDefaults = {},
  path = "id",
): WorkflowExecutionIdentifier {
  const what = "an object with project, domain and name";
  const id = requireFields(input, path, what, 'executionId("project/domain/name")');
  return create(WorkflowExecutionIdentifierSchema, {
    ...scopeParts(id, defaults, path),
    name: requirePart({ value: id.name, path: `${path}.name` }),
  });
}

/**
 * Completes and checks the identifier of a node execution.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, or a part of it is missing, empty, or no string.
 */
export function requireNodeExecutionId(
  input: NodeExecutionIdInput | undefined,
  defaults: IdDefaults = {},
  path = "id",
): NodeExecutionIdentifier {
  const what = "an object with executionId and nodeId";
  const id = requireFields(input, path, what, 'nodeExecutionId("project/domain/name/node")');
  return create(NodeExecutionIdentifierSchema, {
    executionId: requireExecutionId(id.executionId, defaults, `${path}.executionId`),
    nodeId: requirePart({ value: id.nodeId, path: `${path}.nodeId` }),
  });
}

/**
 * Completes and checks the identifier of one attempt of a task.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, a part of it is missing, empty, or no string,
 * its task is no task, or its `retryAttempt` is no whole number from 0 to 4294967295.
 */
export function requireTaskExecutionId(
  input: TaskExecutionIdInput | undefined,
  defaults: IdDefaults = {},
  path = "id",
): TaskExecutionIdentifier {
  const what = "an object with nodeExecutionId, taskId and retryAttempt";
  const id = requireFields(input, path, what, "taskExecutionId(text)");
  return create(TaskExecutionIdentifierSchema, {
    nodeExecutionId: requireNodeExecutionId(
      id.nodeExecutionId,
      defaults,
      `${path}.nodeExecutionId`,
    ),
    taskId: requireResourceId(ResourceType.TASK, id.taskId, defaults, `${path}.taskId`),
    retryAttempt: requireAttempt(id.retryAttempt, `${path}.retryAttempt`),
  });
}

/**
 * Completes and checks the identifier of a signal.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is missing, or a part of it is missing, empty, or no string.
 */
export function requireSignalId(
  input: SignalIdInput | undefined,
  defaults: IdDefaults = {},
  path = "id",
): SignalIdentifier {
  const what = "an object with executionId and signalId";
  const id = requireFields(input, path, what, 'signalId("project/domain/name/signal")');
  return create(SignalIdentifierSchema, {
    executionId: requireExecutionId(id.executionId, defaults, `${path}.executionId`),
    signalId: requirePart({ value: id.signalId, path: `${path}.signalId` }),
  });
}

const maxAttempt = 2 ** 32 - 1;

function requireAttempt(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= maxAttempt) {
    return value;
  }
  const given = typeof value === "number" ? String(value) : `of type ${typeof value}`;
  throw new InvalidIdentifierError(
    `${path} is ${given}; it must be a whole number from 0 to ${maxAttempt}`,
    { path },
  );
}
