import { NamedEntityState } from "../../../gen/flyteidl/admin/common_pb.js";
import {
  ExecutionMetadata_ExecutionMode,
  ExecutionState,
} from "../../../gen/flyteidl/admin/execution_pb.js";
import { LaunchPlanState } from "../../../gen/flyteidl/admin/launch_plan_pb.js";
import { Project_ProjectState } from "../../../gen/flyteidl/admin/project_pb.js";
import { CatalogCacheStatus } from "../../../gen/flyteidl/core/catalog_pb.js";
import {
  ExecutionError_ErrorKind,
  NodeExecution_Phase,
  TaskExecution_Phase,
  WorkflowExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";

/** The names that each enum-like column takes, as the IDL or the server spells them. */
export interface FilterEnums {
  executionPhase: keyof typeof WorkflowExecution_Phase;
  nodePhase: keyof typeof NodeExecution_Phase;
  taskPhase: keyof typeof TaskExecution_Phase;
  errorKind: keyof typeof ExecutionError_ErrorKind;
  cacheStatus: keyof typeof CatalogCacheStatus;
  executionMode: keyof typeof ExecutionMetadata_ExecutionMode;
  executionState: keyof typeof ExecutionState;
  launchPlanState: keyof typeof LaunchPlanState;
  namedEntityState: keyof typeof NamedEntityState;
  projectState: keyof typeof Project_ProjectState;
  launchEntity: "launch_plan" | "task";
  scheduleType: "NONE" | "CRON" | "RATE";
  launchConditionType: "SCHED";
}

interface EnumColumn<Name extends string> {
  readonly names: Readonly<Record<Name, unknown>>;
  /** Whether the column holds the name as text, or its number. */
  readonly storedAs: "name" | "number";
}

const enums: { readonly [E in keyof FilterEnums]: EnumColumn<FilterEnums[E]> } = {
  executionPhase: { names: WorkflowExecution_Phase, storedAs: "name" },
  nodePhase: { names: NodeExecution_Phase, storedAs: "name" },
  taskPhase: { names: TaskExecution_Phase, storedAs: "name" },
  errorKind: { names: ExecutionError_ErrorKind, storedAs: "name" },
  cacheStatus: { names: CatalogCacheStatus, storedAs: "name" },
  executionMode: { names: ExecutionMetadata_ExecutionMode, storedAs: "number" },
  executionState: { names: ExecutionState, storedAs: "number" },
  launchPlanState: { names: LaunchPlanState, storedAs: "number" },
  namedEntityState: { names: NamedEntityState, storedAs: "number" },
  projectState: { names: Project_ProjectState, storedAs: "number" },
  launchEntity: { names: { launch_plan: 0, task: 1 }, storedAs: "name" },
  scheduleType: { names: { NONE: 0, CRON: 1, RATE: 2 }, storedAs: "name" },
  launchConditionType: { names: { SCHED: 0 }, storedAs: "name" },
};

/** The names that an enum-like column takes, in the order of their numbers. */
export function enumNames(name: keyof FilterEnums): readonly string[] {
  return Object.entries(enums[name].names)
    .filter(([, number]) => typeof number === "number")
    .map(([key]) => key);
}

/** What the column holds for a name, or undefined when it has no such name. */
export function storedEnumValue(name: keyof FilterEnums, value: unknown): string | undefined {
  const { names, storedAs } = enums[name];
  if (typeof value !== "string" || !Object.hasOwn(names, value)) return undefined;
  const number = (names as Readonly<Record<string, unknown>>)[value];
  if (typeof number !== "number") return undefined;
  return storedAs === "name" ? value : String(number);
}
