export { isTransient } from "./is-transient.js";
export {
  createRetrier,
  type Retrier,
  type CallRetryEvent,
  retryInterceptor,
  withNote,
} from "./retry.js";
export { type CallRetryOptions, type RetryOptions, withRetry } from "./retry-settings.js";
