export type { AuthCall, CallAuth, CallCredentials } from "./auth.js";
export type { SharedCallOptions, HeadersSource } from "./call-settings.js";
export {
  connectRest,
  connectTransport,
  type RestConnectionOptions,
  type TransportConnectionOptions,
} from "./connect.js";
export {
  callUnary,
  Connection,
  type ConnectionOverrideOptions,
  type ConnectionOptions,
} from "./connection.js";
export { createIdempotently, type Finding } from "./idempotency/index.js";
export type {
  CallHooks,
  CallErrorEvent,
  Logger,
  CallPageEvent,
  CallRequestEvent,
  CallResponseEvent,
} from "./observe/index.js";
export {
  type CallRetryEvent,
  type CallRetryOptions,
  isTransient,
  type RetryOptions,
  withNote,
  withRetry,
} from "./retry/index.js";
export { withInterceptors } from "./with-interceptors.js";
