export {
  createRetrier,
  type Retrier,
  type RetryEvent,
  retryInterceptor,
  withNote,
} from "./retry.js";
export { type RetryLimits, type RetrySettings, withRetry } from "./retry-settings.js";
