export type { AuthCall, CallAuth, CallCredentials } from "./auth.js";
export type { SharedCallOptions } from "./call-settings.js";
export {
  connectRest,
  connectTransport,
  type RestConnectionOptions,
  type TransportConnectionOptions,
} from "./connect.js";
export {
  callUnary,
  connectionOf,
  type FlyteClient,
  requireDefaults,
  Connection,
  type ConnectionOverrideOptions,
  type ConnectionOptions,
} from "./connection.js";
export { isTransient } from "./call-class.js";
export { createIdempotently, type Finding } from "./idempotent-create.js";
export type { HeadersSource } from "./headers.js";
export type {
  CallHooks,
  CallErrorEvent,
  Logger,
  CallPageEvent,
  CallRequestEvent,
  CallResponseEvent,
} from "./hooks.js";
export { type CallRetryEvent, withNote } from "./retry.js";
export { type CallRetryOptions, type RetryOptions, withRetry } from "./retry-settings.js";
export { withInterceptors } from "./with-interceptors.js";
