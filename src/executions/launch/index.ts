export type { LaunchByPlanInput, LaunchInput, LaunchCommonInput, LaunchByTaskInput } from "./launch.js";
export type {
  AnyInterface,
  LaunchDataInput,
  LiteralsInput,
  ValuesInput,
  WorkflowInterface,
} from "./launch-inputs.js";
export {
  launchExecution,
  recoverExecution,
  type RecoverInput,
  relaunchExecution,
  type RelaunchInput,
} from "./start-execution.js";
