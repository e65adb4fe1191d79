import { InvalidIdentifierError } from "../../errors/index.js";
import { describeValue, isObject } from "../../internal/validation/index.js";
import {
  requireExecutionId,
  requireNodeExecutionId,
  requireSignalId,
  requireTaskExecutionId,
} from "./execution-ids.js";
import type {
  ExecutionIdInput,
  NamedEntityIdInput,
  NodeExecutionIdInput,
  ResourceIdInput,
  SignalIdInput,
  TaskExecutionIdInput,
} from "./inputs.js";
import { isRow } from "./id-fields.js";
import { requirePart, scopeParts } from "./part.js";
import { joinParts } from "./slash-form.js";

/**
 * Writes an identifier in the slash form that `executionId`, `nodeExecutionId`, `taskExecutionId`,
 * `signalId`, `taskId`, `workflowId` and `launchPlanId` read.
 *
 * The form has no place for `org`, which FlyteAdmin ignores, nor for the type of resource.
 *
 * @throws InvalidIdentifierError when the identifier, its project and domain included, is not complete.
 */
export function formatId(id: FormattableId | undefined): string {
  if (!isObject(id)) {
    throw new InvalidIdentifierError(
      `id must be an identifier, or a row, got ${describeValue(id)}.`,
      {
        path: "id",
      },
    );
  }
  return joinParts(partsOf(id));
}

/** All that {@link formatId} writes. */
type FormattableId = Exclude<
  | ExecutionIdInput
  | NodeExecutionIdInput
  | TaskExecutionIdInput
  | SignalIdInput
  | ResourceIdInput
  | NamedEntityIdInput,
  string
>;

function partsOf(id: FormattableId): readonly string[] {
  if (isRow(id)) {
    if (id.id !== undefined) return partsOf(id.id);
    throw new InvalidIdentifierError("id is a row without an id.", { path: "id" });
  }
  if ("retryAttempt" in id) return attemptParts(id);
  if ("nodeId" in id) return nodeParts(id);
  if ("signalId" in id) {
    const signal = requireSignalId(id);
    return [...executionParts(signal.executionId), signal.signalId];
  }
  if ("version" in id) {
    return [...nameParts(id, "id"), requirePart({ value: id.version, path: "id.version" })];
  }
  return executionParts(id);
}

function attemptParts(input: TaskExecutionIdInput): readonly string[] {
  const id = requireTaskExecutionId(input);
  return [
    ...nodeParts(id.nodeExecutionId),
    ...nameParts(id.taskId ?? {}, "id.taskId"),
    id.taskId?.version ?? "",
    String(id.retryAttempt),
  ];
}

function nodeParts(input: NodeExecutionIdInput | undefined): readonly string[] {
  const id = requireNodeExecutionId(input);
  return [...executionParts(id.executionId), id.nodeId];
}

function executionParts(input: ExecutionIdInput | undefined): readonly string[] {
  const id = requireExecutionId(input);
  return [id.project, id.domain, id.name];
}

function nameParts(
  id: {
    readonly project?: string | undefined;
    readonly domain?: string | undefined;
    readonly name?: string;
  },
  path: string,
): readonly string[] {
  const { project, domain } = scopeParts(id, undefined, path);
  return [project, domain, requirePart({ value: id.name, path: `${path}.name` })];
}
