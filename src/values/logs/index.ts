export type { LogLink } from "./log-link.js";
export { logsOf } from "./logs-of.js";
export { latestSubAttempts, type SubAttempt, subAttemptsOf } from "./sub-attempts.js";
