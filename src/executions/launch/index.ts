export type {
  LaunchByPlanInput,
  LaunchInput,
  LaunchCommonInput,
  LaunchByTaskInput,
} from "./launch-request.js";
export type { LaunchDataInput, LiteralsInput, ValuesInput } from "./launch-inputs.js";
export {
  launchAndWaitForExecution,
  type LaunchAndWaitOptions,
  launchExecution,
  recoverExecution,
  type RecoverInput,
  relaunchExecution,
  type RelaunchInput,
} from "./launch.js";
export { rerunExecution, type RerunInput, type RerunLoss, type RerunResult } from "./rerun.js";
