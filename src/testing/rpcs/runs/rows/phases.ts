import type { DescEnum } from "@bufbuild/protobuf";

import type {
  NodeExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../../../gen/flyteidl/core/execution_pb.js";
import {
  NodeExecution_PhaseSchema,
  TaskExecution_Phase,
  TaskExecution_PhaseSchema,
  WorkflowExecution_PhaseSchema,
} from "../../../../../gen/flyteidl/core/execution_pb.js";

/** The name of a workflow execution's phase, as the database and the errors have it. */
export function executionPhaseName(phase: WorkflowExecution_Phase): string {
  return enumName(WorkflowExecution_PhaseSchema, phase);
}

/** The name of a node execution's phase. */
export function nodePhaseName(phase: NodeExecution_Phase): string {
  return enumName(NodeExecution_PhaseSchema, phase);
}

/** The name of an attempt's phase. */
export function attemptPhaseName(phase: TaskExecution_Phase): string {
  return enumName(TaskExecution_PhaseSchema, phase);
}

/** The name of an enum's value, or its number when it has none, as Go prints it. */
export function enumName(desc: DescEnum, value: number): string {
  return desc.value[value]?.name ?? String(value);
}

/** A recorded phase as the server reads it back: UNDEFINED when it has no name in the IDL. */
export function knownPhaseName(desc: DescEnum, recorded: string): string {
  return desc.values.some(({ name }) => name === recorded) ? recorded : "UNDEFINED";
}

/** Whether no event may follow this phase of a workflow execution. */
export function isTerminalExecutionPhase(phase: string): boolean {
  return ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"].includes(phase);
}

/** Whether no event may follow this phase of a node execution. */
export function isTerminalNodePhase(phase: string): boolean {
  return isTerminalExecutionPhase(phase) || phase === "SKIPPED" || phase === "RECOVERED";
}

/** Whether no event may follow this phase of an attempt. */
export function isTerminalAttemptPhase(phase: TaskExecution_Phase): boolean {
  return (
    phase === TaskExecution_Phase.SUCCEEDED ||
    phase === TaskExecution_Phase.FAILED ||
    phase === TaskExecution_Phase.ABORTED
  );
}
