import {
  type OptionNames,
  requireKnownOptions,
  requireOneOf,
  requireString,
} from "../../internal/validation/index.js";
import { WorkflowExecution_Phase } from "../../../gen/flyteidl/core/execution_pb.js";
import type { WorkflowExecutionIdentifier } from "../../../gen/flyteidl/core/identifier_pb.js";
import { defaultStart, scopeOf, type SeedScopeInput, seedScopeNames, timeAt } from "./names.js";
import { outputResult, type SeedResultInput, seedResultNames } from "./outcome.js";
import { seedWorkflow } from "./registration.js";
import { type SeedableServer, writersOf } from "./writers.js";

/** An execution to build. */
export interface SeedExecutionInput extends SeedScopeInput, SeedResultInput {
  /** At most 63 characters: a letter, then letters, digits and hyphens. */
  readonly name: string;
  /**
   * The workflow, registered when it is not there.
   * @defaultValue `"core.flows.sample"`
   */
  readonly workflow?: string | undefined;
  /**
   * Where the execution has got to.
   * @defaultValue `"RUNNING"`
   */
  readonly phase?:
    | "UNDEFINED"
    | "QUEUED"
    | "RUNNING"
    | "SUCCEEDED"
    | "FAILED"
    | "TIMED_OUT"
    | "ABORTED"
    | undefined;
  /**
   * When it started.
   * @defaultValue now, and where it has ended, `runtimeMs` before now
   */
  readonly startedAt?: Date | undefined;
  /**
   * How long it ran, in milliseconds.
   * @defaultValue `60_000`
   */
  readonly runtimeMs?: number | undefined;
}

const executionNames: OptionNames<SeedExecutionInput> = {
  ...seedScopeNames,
  ...seedResultNames,
  name: true,
  workflow: true,
  phase: true,
  startedAt: true,
  runtimeMs: true,
};

const executionPhases: OptionNames<Record<NonNullable<SeedExecutionInput["phase"]>, unknown>> = {
  UNDEFINED: true,
  QUEUED: true,
  RUNNING: true,
  SUCCEEDED: true,
  FAILED: true,
  TIMED_OUT: true,
  ABORTED: true,
};

/** Launches an execution and brings it to a phase, as Flyte's engine would. */
export async function seedExecution(
  target: SeedableServer,
  execution: SeedExecutionInput,
): Promise<WorkflowExecutionIdentifier> {
  requireKnownOptions(execution, executionNames, "execution", "an object with name");
  const { admin } = writersOf(target);
  const { name, phase = "RUNNING", runtimeMs = 60_000 } = execution;
  requireString(name, "name");
  requireOneOf(executionPhases, phase, "phase");
  const path = pathTo(phase, runtimeMs);
  const startedAt = execution.startedAt ?? defaultStart(target, path.at(-1)?.[1] ?? 0);
  const result = outputResult(target, phase, execution, name);
  const scope = scopeOf(execution);
  const { launchPlanId } = await seedWorkflow(target, {
    ...scope,
    ...(execution.workflow !== undefined && { name: execution.workflow }),
  });
  const { id } = await admin.createExecution({
    ...scope,
    name,
    spec: { launchPlan: launchPlanId },
  });
  if (id === undefined) throw new Error("CreateExecution returned no id");

  for (const [reached, offsetMs] of path) {
    await admin.createWorkflowEvent({
      event: {
        executionId: id,
        phase: WorkflowExecution_Phase[reached],
        occurredAt: timeAt(startedAt, offsetMs),
        ...(reached === phase && result && { outputResult: result }),
      },
    });
  }
  return id;
}

/** An execution that failed. */
export async function seedFailedExecution(
  target: SeedableServer,
  execution: Omit<SeedExecutionInput, "phase" | "outputs">,
): Promise<WorkflowExecutionIdentifier> {
  return seedExecution(target, { ...execution, phase: "FAILED" });
}

type Phase = NonNullable<SeedExecutionInput["phase"]>;

function pathTo(phase: Phase, runtimeMs: number): readonly (readonly [Phase, number])[] {
  if (phase === "UNDEFINED") return [];
  if (phase === "QUEUED") return [["QUEUED", 0]];
  if (phase === "RUNNING") return [["RUNNING", 0]];
  return [
    ["RUNNING", 0],
    [phase, runtimeMs],
  ];
}
