export { waitWhileHidden } from "./hidden-page.js";
export { hiddenPollMs } from "./poll-schedule.js";
export { waitForExecution, watchExecution } from "./updates.js";
export {
  type ExecutionUpdate,
  type UpdatesOptions,
  waitOptionNames,
  type WaitOptions,
} from "./wait-options.js";
