import type { LaunchPlanClosure } from "../../../../gen/flyteidl/admin/launch_plan_pb.js";
import type { CompiledTask, CompiledWorkflow } from "../../../../gen/flyteidl/core/compiler_pb.js";

/** The interface of a launch plan. */
export type LaunchPlanInterface = Pick<LaunchPlanClosure, "expectedInputs" | "expectedOutputs">;

/** All that the nodes of a workflow and its sub-workflows may refer to, by the text of its identifier. */
export interface LinkedEntities {
  readonly tasks: ReadonlyMap<string, CompiledTask>;
  readonly launchPlans: ReadonlyMap<string, LaunchPlanInterface>;
  readonly subWorkflows: ReadonlyMap<string, CompiledWorkflow>;
}
