export { waitWhileHidden } from "./hidden-page.js";
export { hiddenPollMs } from "./poll-intervals.js";
export { waitForExecution, watchExecution } from "./updates.js";
export type { ExecutionUpdate, UpdatesOptions, WaitOptions } from "./wait-options.js";
export { waitOptionNames } from "./wait-options.js";
