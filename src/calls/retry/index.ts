export type { CallKind } from "./call-class.js";
export {
  createRetrier,
  type Retrier,
  type RetryEvent,
  retryInterceptor,
  withNote,
} from "./retry.js";
export { type ResendDecision, type ResendTime, withResendCheck } from "./resend-check.js";
export { type RetryLimits, type RetrySettings, withRetry } from "./retry-settings.js";
