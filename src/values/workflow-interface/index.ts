export type {
  AnyInterface,
  LaunchPlanInterface,
  TypedLaunchPlan,
  WorkflowInterface,
} from "./workflow-interface.js";
export { literalsToOutputs } from "./literals-to-outputs.js";
