import {
  type Identifier,
  type NodeExecutionIdentifier,
  ResourceType,
  type SignalIdentifier,
  type TaskExecutionIdentifier,
  type WorkflowExecutionIdentifier,
} from "../../../gen/flyteidl/core/identifier_pb.js";
import { InvalidIdentifierError } from "../../errors/index.js";
import {
  requireExecutionId,
  requireNodeExecutionId,
  requireSignalId,
  requireTaskExecutionId,
} from "./execution-ids.js";
import type { VersionedResourceType } from "./inputs.js";
import { requireResourceId } from "./resource-ids.js";

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

/**
 * Joins the parts of an identifier by `/`.
 *
 * A `/` inside a part is written `%2F` and a `%` is written `%25`; all else stands for itself.
 */
export function joinParts(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll("%", "%25").replaceAll("/", "%2F")).join("/");
}

/**
 * Takes apart what {@link joinParts} put together.
 *
 * @param form - The names of the parts joined by `/`, as in `project/domain/name`.
 * @throws InvalidIdentifierError when the text has more or fewer parts, an empty one, or a `%` that
 * begins neither `%2F` nor `%25`.
 */
function splitParts<const Form extends string>(text: string, form: Form): PartsOf<Form, string> {
  const names = form.split("/");
  if (typeof text !== "string") {
    throw new InvalidIdentifierError(`the id is of type ${typeof text}; it must be "${form}"`, {
      path: "id",
    });
  }
  const parts = text.split("/");
  if (parts.length !== names.length) {
    throw new InvalidIdentifierError(
      `${JSON.stringify(text)} has ${parts.length} part${parts.length === 1 ? "" : "s"}; it must have the ${names.length} of "${form}"`,
      { path: "id" },
    );
  }
  let start = 0;
  const decoded = parts.map((part, index) => {
    const value = decodePart(text, part, start, names[index] ?? "");
    start += part.length + 1;
    return value;
  });
  // The lengths were compared above.
  return decoded as PartsOf<Form, string>;
}

/** A tuple with one T for each part of a form. */
type PartsOf<Form extends string, T> = Form extends `${string}/${infer Rest}`
  ? [T, ...PartsOf<Rest, T>]
  : [T];

function decodePart(text: string, part: string, start: number, name: string): string {
  if (part === "") {
    throw new InvalidIdentifierError(
      `${name} is empty at position ${start} of ${JSON.stringify(text)}; an empty part would match any row of the server`,
      { path: `id.${name}` },
    );
  }
  const fault = part.search(/%(?!2F|25)/);
  if (fault !== -1) {
    throw new InvalidIdentifierError(
      `${name} holds a lone % at position ${start + fault} of ${JSON.stringify(text)}; write %25 for a percent sign and %2F for a slash`,
      { path: `id.${name}` },
    );
  }
  return part.replaceAll("%2F", "/").replaceAll("%25", "%");
}
