import type {
  Identifier,
  NodeExecutionIdentifier,
  SignalIdentifier,
  TaskExecutionIdentifier,
  WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { ResourceType } from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError } from "../../errors/index.js";
import {
  requireExecutionId,
  requireNodeExecutionId,
  requireSignalId,
  requireTaskExecutionId,
} from "./execution-ids.js";
import type { VersionedResourceType } from "./inputs.js";
import { requireResourceId } from "./resource-ids.js";
import { splitParts } from "./slash-form.js";

/**
 * Reads the identifier of an execution from `project/domain/name`.
 *
 * A `/` inside a part is written `%2F`, a `%` is written `%25`, as in all forms here.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function executionId(text: string): WorkflowExecutionIdentifier {
  const [project, domain, name] = splitParts(text, "project/domain/name");
  return requireExecutionId({ project, domain, name });
}

/**
 * Reads the identifier of a node execution from `project/domain/execution/node`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function nodeExecutionId(text: string): NodeExecutionIdentifier {
  const [project, domain, name, nodeId] = splitParts(text, "project/domain/execution/node");
  return requireNodeExecutionId({ executionId: { project, domain, name }, nodeId });
}

/**
 * Reads the identifier of an attempt from
 * `project/domain/execution/node/taskProject/taskDomain/taskName/taskVersion/attempt`, the order in
 * which FlyteAdmin's own paths have it. Attempts count from 0.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function taskExecutionId(text: string): TaskExecutionIdentifier {
  const [project, domain, name, nodeId, taskProject, taskDomain, taskName, version, attempt] =
    splitParts(
      text,
      "project/domain/execution/node/taskProject/taskDomain/taskName/taskVersion/attempt",
    );
  if (!/^(0|[1-9][0-9]*)$/.test(attempt)) {
    throw new InvalidIdentifierError(
      `attempt is ${JSON.stringify(attempt)}; it must be a whole number without leading zeros, such as 0`,
      { path: "id.attempt" },
    );
  }
  return requireTaskExecutionId({
    nodeExecutionId: { executionId: { project, domain, name }, nodeId },
    taskId: { project: taskProject, domain: taskDomain, name: taskName, version },
    retryAttempt: Number(attempt),
  });
}

/**
 * Reads the identifier of a signal from `project/domain/execution/signal`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function signalId(text: string): SignalIdentifier {
  const [project, domain, name, signal] = splitParts(text, "project/domain/execution/signal");
  return requireSignalId({ executionId: { project, domain, name }, signalId: signal });
}

/**
 * Reads the identifier of a task from `project/domain/name/version`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function taskId(text: string): Identifier {
  return resourceId(ResourceType.TASK, text);
}

/**
 * Reads the identifier of a workflow from `project/domain/name/version`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function workflowId(text: string): Identifier {
  return resourceId(ResourceType.WORKFLOW, text);
}

/**
 * Reads the identifier of a launch plan from `project/domain/name/version`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function launchPlanId(text: string): Identifier {
  return resourceId(ResourceType.LAUNCH_PLAN, text);
}

function resourceId(resourceType: VersionedResourceType, text: string): Identifier {
  const [project, domain, name, version] = splitParts(text, "project/domain/name/version");
  return requireResourceId(resourceType, { project, domain, name, version });
}
