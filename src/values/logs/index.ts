export type { LogLink } from "./logs.js";
export { logsOf } from "./logs.js";
export { latestSubAttempts, type SubAttempt, subAttemptsOf } from "./logs.js";
