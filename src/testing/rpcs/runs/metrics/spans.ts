import { create } from "@bufbuild/protobuf";
import { type Duration, type Timestamp, TimestampSchema } from "@bufbuild/protobuf/wkt";

import { type Span, SpanSchema } from "../../../../../gen/flyteidl/core/metrics_pb.js";
import { durationNanos, nanosOf } from "../../../store/index.js";

/** Flyte's names for the parts of a run that are not runs of something else. */
export type Operation =
  | "NODE_IDLE"
  | "NODE_RESET"
  | "NODE_SETUP"
  | "NODE_TEARDOWN"
  | "NODE_TRANSITION"
  | "TASK_RUNTIME"
  | "TASK_SETUP"
  | "TASK_TEARDOWN"
  | "WORKFLOW_SETUP"
  | "WORKFLOW_TEARDOWN";

/** The times of a closure. */
export interface ClosureTimes {
  readonly createdAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
  readonly startedAt?: Timestamp | undefined;
  readonly duration?: Duration | undefined;
}

/** A span of one operation. */
export function operationSpan(
  operation: Operation,
  start: Timestamp | undefined,
  end: Timestamp | undefined,
): Span {
  return span({ case: "operationId", value: operation }, start, end, []);
}

/** A span of a run, from its creation to its last change, with what it is made of. */
export function runSpan(
  id: Span["id"],
  closure: ClosureTimes | undefined,
  spans: readonly Span[],
): Span {
  return span(id, closure?.createdAt, closure?.updatedAt, spans);
}

/** When a run that started ended; nothing while it has no duration. */
export function endOf({ startedAt, duration }: ClosureTimes): Timestamp | undefined {
  if (startedAt === undefined || duration === undefined || durationNanos(duration) === 0n) {
    return undefined;
  }
  const nanos = nanosOf(startedAt) + durationNanos(duration);
  const seconds = nanos / 1_000_000_000n;
  return create(TimestampSchema, { seconds, nanos: Number(nanos % 1_000_000_000n) });
}

/** Whether a time is set: the zero time counts as none. */
export function isSet(time: Timestamp | undefined): time is Timestamp {
  return time !== undefined && (time.seconds !== 0n || time.nanos !== 0);
}

/** Orders two times; a missing one is 1970. */
export function compareTimes(a: Timestamp | undefined, b: Timestamp | undefined): number {
  const difference = (a === undefined ? 0n : nanosOf(a)) - (b === undefined ? 0n : nanosOf(b));
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Whether one time comes before another; a missing one is 1970. */
export function isBefore(a: Timestamp | undefined, b: Timestamp | undefined): boolean {
  return compareTimes(a, b) < 0;
}

function span(
  id: Span["id"],
  startTime: Timestamp | undefined,
  endTime: Timestamp | undefined,
  spans: readonly Span[],
): Span {
  const message = create(SpanSchema, { spans: [...spans] });
  message.id = id;
  if (startTime !== undefined) message.startTime = startTime;
  if (endTime !== undefined) message.endTime = endTime;
  return message;
}
