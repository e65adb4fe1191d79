import type { Execution, ExecutionClosure } from "../../gen/flyteidl/admin/execution_pb.js";
import type {
  NodeExecution,
  NodeExecutionClosure,
} from "../../gen/flyteidl/admin/node_execution_pb.js";
import type {
  TaskExecution,
  TaskExecutionClosure,
} from "../../gen/flyteidl/admin/task_execution_pb.js";
import type {
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../gen/flyteidl/core/execution_pb.js";
import { InvalidOptionError } from "../errors/index.js";
import { invalidOption, requireObject, suggestionOf } from "../internal/validation/index.js";

/** A workflow execution, or the closure that has its state. */
export type ExecutionLike = Execution | ExecutionClosure;
/** A node execution, or the closure that has its state. */
export type NodeExecutionLike = NodeExecution | NodeExecutionClosure;
/** An attempt of a task, or the closure that has its state. */
export type TaskExecutionLike = TaskExecution | TaskExecutionClosure;

/** The names of the phases of a workflow execution. */
export type ExecutionPhaseName = keyof typeof WorkflowExecution_Phase;
/** The names of the phases of a node execution. */
export type NodeExecutionPhaseName = keyof typeof NodeExecution_Phase;
/** The names of the phases of an attempt of a task. */
export type TaskExecutionPhaseName = keyof typeof TaskExecution_Phase;

/** The phases of a workflow execution, in the order of their numbers. */
export const executionPhases: readonly ExecutionPhaseName[] = [
  "UNDEFINED",
  "QUEUED",
  "RUNNING",
  "SUCCEEDING",
  "SUCCEEDED",
  "FAILING",
  "FAILED",
  "ABORTED",
  "TIMED_OUT",
  "ABORTING",
];
/** The phases of a node execution, in the order of their numbers. */
export const nodeExecutionPhases: readonly NodeExecutionPhaseName[] = [
  "UNDEFINED",
  "QUEUED",
  "RUNNING",
  "SUCCEEDED",
  "FAILING",
  "FAILED",
  "ABORTED",
  "SKIPPED",
  "TIMED_OUT",
  "DYNAMIC_RUNNING",
  "RECOVERED",
];
/** The phases of an attempt of a task, in the order of their numbers. */
export const taskExecutionPhases: readonly TaskExecutionPhaseName[] = [
  "UNDEFINED",
  "QUEUED",
  "RUNNING",
  "SUCCEEDED",
  "ABORTED",
  "FAILED",
  "INITIALIZING",
  "WAITING_FOR_RESOURCES",
  "RETRYABLE_FAILED",
];

/** Whether a string, such as a parameter of a page, is the name of a phase of a workflow execution. */
export function isExecutionPhase(value: unknown): value is ExecutionPhaseName {
  return executionPhases.some((phase) => phase === value);
}

/** Whether a string is the name of a phase of a node execution. */
export function isNodeExecutionPhase(value: unknown): value is NodeExecutionPhaseName {
  return nodeExecutionPhases.some((phase) => phase === value);
}

/** Whether a string is the name of a phase of an attempt of a task. */
export function isTaskExecutionPhase(value: unknown): value is TaskExecutionPhaseName {
  return taskExecutionPhases.some((phase) => phase === value);
}

/**
 * Returns the name of the phase of a row or closure. The numbers of phases differ from kind to kind,
 * the names do not.
 *
 * `UNDEFINED` is what a new execution is in until the cluster reports; it also stands for a missing
 * closure, and for a number that this version does not know.
 *
 * @throws InvalidOptionError when it is not an execution, a node, an attempt or a closure of one.
 */
export function phaseOf(x: ExecutionLike): ExecutionPhaseName;
export function phaseOf(x: NodeExecutionLike): NodeExecutionPhaseName;
export function phaseOf(x: TaskExecutionLike): TaskExecutionPhaseName;
export function phaseOf(
  x: ExecutionLike | NodeExecutionLike | TaskExecutionLike,
): ExecutionPhaseName | NodeExecutionPhaseName | TaskExecutionPhaseName;
export function phaseOf(
  x: ExecutionLike | NodeExecutionLike | TaskExecutionLike,
): ExecutionPhaseName | NodeExecutionPhaseName | TaskExecutionPhaseName {
  requireStateful(x);
  switch (x.$typeName) {
    case "flyteidl.admin.Execution":
      return x.closure === undefined ? "UNDEFINED" : phaseOf(x.closure);
    case "flyteidl.admin.NodeExecution":
      return x.closure === undefined ? "UNDEFINED" : phaseOf(x.closure);
    case "flyteidl.admin.TaskExecution":
      return x.closure === undefined ? "UNDEFINED" : phaseOf(x.closure);
    case "flyteidl.admin.ExecutionClosure":
      return executionPhases[x.phase] ?? "UNDEFINED";
    case "flyteidl.admin.NodeExecutionClosure":
      return nodeExecutionPhases[x.phase] ?? "UNDEFINED";
    case "flyteidl.admin.TaskExecutionClosure":
      return taskExecutionPhases[x.phase] ?? "UNDEFINED";
  }
}

/**
 * Refuses values that have no state.
 *
 * @throws InvalidOptionError when it is not an execution, a node, an attempt or a closure of one.
 */
export function requireStateful(
  x: { readonly $typeName: string },
  what = "an execution, a node or an attempt from the server, or its closure",
): void {
  const { $typeName } = requireObject(x, "execution", what);
  if (/^flyteidl\.admin\.(Node|Task)?Execution(Closure)?$/.test($typeName)) return;
  throw new InvalidOptionError(
    `execution must be ${what}, got ${typeof $typeName === "string" ? `a message ${$typeName}` : "another object"}.`,
    {
      option: "execution",
    },
  );
}

/**
 * Refuses a name of no phase.
 *
 * @throws InvalidOptionError with the name that was probably meant
 */
function requirePhaseName(name: string): void {
  if (isExecutionPhase(name) || isNodeExecutionPhase(name) || isTaskExecutionPhase(name)) return;
  const names = [...new Set([...executionPhases, ...nodeExecutionPhases, ...taskExecutionPhases])];
  throw invalidOption(
    "phase",
    "the name of a phase, such as SUCCEEDED",
    name,
    suggestionOf(name, names),
  );
}

/**
 * Returns whether something has ended, given itself, its closure, or the name of its phase.
 *
 * A failed attempt of a task has ended, though its node may continue with another attempt.
 * `RETRYABLE_FAILED` and `ABORTING` are no ends.
 */
export function isTerminal(
  x:
    | ExecutionLike
    | NodeExecutionLike
    | TaskExecutionLike
    | ExecutionPhaseName
    | NodeExecutionPhaseName
    | TaskExecutionPhaseName,
): boolean {
  if (typeof x === "string") {
    requirePhaseName(x);
    return isTerminalPhase(x);
  }
  requireStateful(x, "an execution, a node or an attempt, its closure, or the name of a phase");
  return isTerminalPhase(phaseOf(x));
}

/** Whether a phase is an end, without a check of its name: `outcomeOf` would bundle the names that may be meant. */
export function isTerminalPhase(phase: string): boolean {
  switch (phase) {
    case "SUCCEEDED":
    case "FAILED":
    case "ABORTED":
    case "TIMED_OUT":
    case "SKIPPED":
    case "RECOVERED":
      return true;
    default:
      return false;
  }
}
