import { fromBinary } from "@bufbuild/protobuf";

import {
  type TaskExecutionClosure,
  TaskExecutionClosureSchema,
} from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import type { Span } from "../../../../../gen/flyteidl/core/metrics_pb.js";
import type { NodeExecutionRow, TaskExecutionRow } from "../../../store/index.js";
import { attemptIdOf } from "../rows/index.js";
import {
  type ClosureTimes,
  compareTimes,
  endOf,
  isBefore,
  isSet,
  operationSpan,
  runSpan,
} from "./spans.js";

/** An attempt with its closure. */
export interface TimedAttempt {
  readonly row: TaskExecutionRow;
  readonly closure: TaskExecutionClosure;
}

/** The attempts of a node, in the order in which they were made. */
export function attemptsOf(node: NodeExecutionRow): readonly TimedAttempt[] {
  return (node.attempts ?? [])
    .map((row) => ({ row, closure: fromBinary(TaskExecutionClosureSchema, row.closure) }))
    .sort((a, b) => compareTimes(a.closure.createdAt, b.closure.createdAt));
}

/** The attempts of a node, with what lies between them; without depth, only the latter. */
export function attemptSpans(attempts: readonly TimedAttempt[], depth: number): readonly Span[] {
  return attempts.flatMap((attempt, index) => {
    const before = attempts[index - 1]?.closure;
    const reset =
      before === undefined
        ? []
        : [operationSpan("NODE_RESET", before.updatedAt, attempt.closure.createdAt)];
    return depth === 0 ? reset : [...reset, attemptSpan(attempt)];
  });
}

/** The spans of a task's node: what comes before its attempts, they, and what follows. */
export function taskNodeSpans(
  node: NodeExecutionRow,
  closure: ClosureTimes,
  depth: number,
): readonly Span[] {
  const attempts = attemptsOf(node);
  const [first] = attempts;
  const last = attempts.at(-1)?.closure;
  if (first === undefined || last === undefined) {
    return [operationSpan("NODE_SETUP", closure.createdAt, closure.updatedAt)];
  }
  const spans = [
    operationSpan("NODE_SETUP", closure.createdAt, first.closure.createdAt),
    ...attemptSpans(attempts, depth),
  ];
  if (isBefore(closure.updatedAt, last.updatedAt)) return spans;
  return [...spans, operationSpan("NODE_TEARDOWN", last.updatedAt, closure.updatedAt)];
}

function attemptSpan({ row, closure }: TimedAttempt): Span {
  return runSpan({ case: "taskId", value: attemptIdOf(row) }, closure, attemptParts(closure));
}

function attemptParts(closure: ClosureTimes): readonly Span[] {
  const { createdAt, startedAt, updatedAt } = closure;
  if (!isSet(startedAt)) return [operationSpan("TASK_SETUP", createdAt, updatedAt)];
  const setup = operationSpan("TASK_SETUP", createdAt, startedAt);
  const end = endOf(closure);
  if (end === undefined) return [setup, operationSpan("TASK_RUNTIME", startedAt, updatedAt)];
  const parts = [setup, operationSpan("TASK_RUNTIME", startedAt, end)];
  if (isBefore(updatedAt, end)) return parts;
  return [...parts, operationSpan("TASK_TEARDOWN", end, updatedAt)];
}
