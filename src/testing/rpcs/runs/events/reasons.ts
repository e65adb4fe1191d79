import { create } from "@bufbuild/protobuf";

import {
  ReasonSchema,
  type TaskExecutionClosure,
} from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import type { TaskExecutionEvent } from "../../../../../gen/flyteidl/event/event_pb.js";

/**
 * Appends what an event says of its reasons. Entries of its list always count;
 * its single reason only when it is not the last one again.
 */
export function addReasons(closure: TaskExecutionClosure, event: TaskExecutionEvent): void {
  const last = event.reasons.at(-1);
  if (last !== undefined) {
    for (const { reason, occurredAt } of event.reasons) {
      closure.reasons.push(reasonMessage(reason, occurredAt));
    }
    closure.reason = last.reason;
  } else if (event.reason !== "") {
    if (closure.reason !== event.reason) {
      closure.reasons.push(reasonMessage(event.reason, event.occurredAt));
    }
    closure.reason = event.reason;
  }
}

type Occurred = TaskExecutionEvent["occurredAt"];

function reasonMessage(
  message: string,
  occurredAt: Occurred,
): TaskExecutionClosure["reasons"][number] {
  return create(ReasonSchema, { message, ...(occurredAt === undefined ? {} : { occurredAt }) });
}
