export { PollLoop } from "./poll-loop.js";
export { mayPass, WatchPace } from "./poll-schedule.js";
export { waitForExecution, watchExecution } from "./updates.js";
export {
  type ExecutionUpdate,
  type UpdatesOptions,
  waitOptionNames,
  type WaitOptions,
} from "./wait-options.js";
