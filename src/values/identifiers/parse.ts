import {
  type Identifier,
  type NodeExecutionIdentifier,
  ResourceType,
  type SignalIdentifier,
  type TaskExecutionIdentifier,
  type WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError } from "../../errors/index.js";
import { describeValue } from "../../internal/validation/index.js";
import {
  requireExecutionId,
  requireNodeExecutionId,
  requireSignalId,
  requireTaskExecutionId,
} from "./execution-ids.js";
import { requireResourceId } from "./resource-ids.js";

/**
 * Reads the identifier of an execution from `project/domain/name`.
 *
 * A `/` inside a part is written `%2F`, a `%` is written `%25`, as in all forms here.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function executionId(text: string): WorkflowExecutionIdentifier {
  return requireExecutionId(requireText(text));
}

/**
 * Reads the identifier of a node execution from `project/domain/execution/node`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function nodeExecutionId(text: string): NodeExecutionIdentifier {
  return requireNodeExecutionId(requireText(text));
}

/**
 * Reads the identifier of an attempt from
 * `project/domain/execution/node/taskProject/taskDomain/taskName/taskVersion/attempt`, the order in
 * which FlyteAdmin's own paths have it. Attempts count from 0.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function taskExecutionId(text: string): TaskExecutionIdentifier {
  return requireTaskExecutionId(requireText(text));
}

/**
 * Reads the identifier of a signal from `project/domain/execution/signal`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function signalId(text: string): SignalIdentifier {
  return requireSignalId(requireText(text));
}

/**
 * Reads the identifier of a task from `project/domain/name/version`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function taskId(text: string): Identifier {
  return requireResourceId(ResourceType.TASK, requireText(text));
}

/**
 * Reads the identifier of a workflow from `project/domain/name/version`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function workflowId(text: string): Identifier {
  return requireResourceId(ResourceType.WORKFLOW, requireText(text));
}

/**
 * Reads the identifier of a launch plan from `project/domain/name/version`.
 *
 * @throws InvalidIdentifierError when the text is of another form.
 */
export function launchPlanId(text: string): Identifier {
  return requireResourceId(ResourceType.LAUNCH_PLAN, requireText(text));
}

function requireText(text: string): string {
  if (typeof text === "string") return text;
  throw new InvalidIdentifierError(`id must be a string, got ${describeValue(text)}.`, {
    path: "id",
  });
}
