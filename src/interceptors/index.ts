export type { AuthCall, CallAuth, CallCredentials } from "./auth.js";
export type { CallSettings, HeadersSource } from "./call-settings.js";
export type { CallHooks, ErrorEvent, RequestEvent, ResponseEvent } from "./hooks.js";
export { withInterceptors } from "./with-interceptors.js";
