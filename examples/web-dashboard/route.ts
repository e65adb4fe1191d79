import { executionId, type ExecutionIdInput, formatId } from "flyte-admin-client";
import type { WorkflowExecutionIdentifier } from "flyte-admin-client/gen/flyteidl/core/identifier_pb";

/** The address of an execution's timeline, which can be linked to: `#p/d/name`. */
export function hashOf(id: WorkflowExecutionIdentifier): string {
  return `#${formatId(id)}`;
}

/** The execution that an address names, if it names one. */
export function executionOf(hash: string): ExecutionIdInput | undefined {
  try {
    return executionId(decodeURIComponent(hash.slice(1)));
  } catch {
    return undefined;
  }
}
