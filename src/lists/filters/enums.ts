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

/** The names that an enum-like column takes, as the IDL or the server spells them. */
export interface EnumValues<Name extends string> {
  readonly names: Readonly<Record<Name, unknown>>;
  /** Whether the column holds the name as text, or its number. */
  readonly storedAs: "name" | "number";
}

export const executionPhase: EnumValues<keyof typeof WorkflowExecution_Phase> = {
  names: WorkflowExecution_Phase,
  storedAs: "name",
};
export const nodePhase: EnumValues<keyof typeof NodeExecution_Phase> = {
  names: NodeExecution_Phase,
  storedAs: "name",
};
export const taskPhase: EnumValues<keyof typeof TaskExecution_Phase> = {
  names: TaskExecution_Phase,
  storedAs: "name",
};
export const errorKind: EnumValues<keyof typeof ExecutionError_ErrorKind> = {
  names: ExecutionError_ErrorKind,
  storedAs: "name",
};
export const cacheStatus: EnumValues<keyof typeof CatalogCacheStatus> = {
  names: CatalogCacheStatus,
  storedAs: "name",
};
export const executionMode: EnumValues<keyof typeof ExecutionMetadata_ExecutionMode> = {
  names: ExecutionMetadata_ExecutionMode,
  storedAs: "number",
};
export const executionState: EnumValues<keyof typeof ExecutionState> = {
  names: ExecutionState,
  storedAs: "number",
};
export const launchPlanState: EnumValues<keyof typeof LaunchPlanState> = {
  names: LaunchPlanState,
  storedAs: "number",
};
export const namedEntityState: EnumValues<keyof typeof NamedEntityState> = {
  names: NamedEntityState,
  storedAs: "number",
};
export const projectState: EnumValues<keyof typeof Project_ProjectState> = {
  names: Project_ProjectState,
  storedAs: "number",
};
export const launchEntity: EnumValues<"launch_plan" | "task"> = {
  names: { launch_plan: 0, task: 1 },
  storedAs: "name",
};
export const scheduleType: EnumValues<"NONE" | "CRON" | "RATE"> = {
  names: { NONE: 0, CRON: 1, RATE: 2 },
  storedAs: "name",
};
export const launchConditionType: EnumValues<"SCHED"> = {
  names: { SCHED: 0 },
  storedAs: "name",
};

/** Returns the names that an enum-like column takes, in the order of their numbers. */
export function enumNames({ names }: EnumValues<string>): readonly string[] {
  return Object.entries(names)
    .filter(([, number]) => typeof number === "number")
    .map(([key]) => key);
}

/** Returns what the column holds for a name; `undefined` when it has no value of that name. */
export function storedEnumValue(
  { names, storedAs }: EnumValues<string>,
  value: unknown,
): string | undefined {
  if (typeof value !== "string" || !Object.hasOwn(names, value)) return undefined;
  const number = names[value];
  if (typeof number !== "number") return undefined;
  return storedAs === "name" ? value : String(number);
}
