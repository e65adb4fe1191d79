export type { AuthCall, CallAuth, CallCredentials } from "./auth.js";
export type { CallSettings, HeadersSource } from "./call-settings.js";
export type {
  CallHooks,
  ErrorEvent,
  Logger,
  PageEvent,
  RequestEvent,
  ResponseEvent,
} from "./observe/index.js";
export { isBrowser } from "./request-id.js";
export {
  type CallKind,
  type RetryEvent,
  type RetryLimits,
  type RetrySettings,
  withRetry,
} from "./retry/index.js";
export { withInterceptors } from "./with-interceptors.js";
