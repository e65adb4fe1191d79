import type { Notification } from "../../../../../gen/flyteidl/admin/common_pb.js";
import { WorkflowExecution_Phase } from "../../../../../gen/flyteidl/core/execution_pb.js";
import { invalidValue, missing } from "../../../server-errors.js";

const terminalPhases: readonly WorkflowExecution_Phase[] = [
  WorkflowExecution_Phase.SUCCEEDED,
  WorkflowExecution_Phase.FAILED,
  WorkflowExecution_Phase.TIMED_OUT,
  WorkflowExecution_Phase.ABORTED,
];

/**
 * Refuses notifications without a recipient, and for phases that do not end an execution.
 * @throws INVALID_ARGUMENT
 */
export function checkNotifications(notifications: readonly Notification[]): void {
  for (const { type, phases } of notifications) {
    if (type.case === undefined) throw invalidValue("notification type");
    if (type.value.recipientsEmail.length === 0) throw missing("recipients");
    if (type.value.recipientsEmail.includes("")) throw missing("recipient");
    if (!phases.every((phase) => terminalPhases.includes(phase))) throw invalidValue("phase");
  }
}
