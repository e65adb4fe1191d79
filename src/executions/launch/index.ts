export type {
  LaunchPlanTarget,
  LaunchRequest,
  LaunchSettings,
  TaskTarget,
} from "./launch-request.js";
export type {
  AnyInterface,
  LaunchInputs,
  LiteralInputs,
  ValueInputs,
  WorkflowInterface,
} from "./launch-inputs.js";
export {
  launchExecution,
  recoverExecution,
  type RecoverRequest,
  relaunchExecution,
  type RelaunchRequest,
} from "./launch.js";
