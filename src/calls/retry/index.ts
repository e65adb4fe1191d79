export { createRetrier, type Retrier, type RetryEvent, retryInterceptor } from "./retry.js";
export { type RetryLimits, type RetrySettings, withRetry } from "./retry-settings.js";
