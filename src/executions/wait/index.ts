export { systemWaitingClock, type WaitingClock } from "./clock.js";
export type { ExecutionPoller } from "./execution-poller.js";
export { executionUpdates } from "./execution-updates.js";
export type { WaitRequest } from "./updates.js";
export type { ExecutionUpdate, UpdatesOptions, WaitOptions } from "./wait-options.js";
