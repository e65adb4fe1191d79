export { waitForExecution, watchExecution } from "./updates.js";
export type { ExecutionUpdate, UpdatesOptions, WaitOptions } from "./wait-options.js";
export { waitOptionNames } from "./wait-options.js";
