export type { AuthCall, CallAuth, CallCredentials } from "./auth.js";
export type { CallSettings, HeadersSource } from "./call-settings.js";
export {
  connectRest,
  connectTransport,
  type RestConnectionOptions,
  type TransportConnectionOptions,
} from "./connect.js";
export {
  callUnary,
  Connection,
  type ConnectionOverrides,
  type ConnectionSettings,
} from "./connection.js";
export { type CallKind, createIdempotently } from "./idempotency/index.js";
export type {
  CallHooks,
  ErrorEvent,
  Logger,
  PageEvent,
  RequestEvent,
  ResponseEvent,
} from "./observe/index.js";
export { type RetryEvent, type RetryLimits, type RetrySettings, withRetry } from "./retry/index.js";
export { withInterceptors } from "./with-interceptors.js";
