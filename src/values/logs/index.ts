export { latestSubAttempts, type LogLink, logsOf, type SubAttempt, subAttemptsOf } from "./logs.js";
