export { systemClock, type WaitingClock } from "./clock.js";
export { ExecutionPoller } from "./execution-poller.js";
export { executionUpdates, waitForExecution, type WaitRequest } from "./updates.js";
export type { ExecutionUpdate, UpdatesOptions, WaitOptions } from "./wait-options.js";
