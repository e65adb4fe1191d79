export {
  type CallHooks,
  type ErrorEvent,
  hookNames,
  hooksInterceptor,
  type PageEvent,
  type RequestEvent,
  type ResponseEvent,
  tellAll,
} from "./hooks.js";
export { type Logger, loggingHooks } from "./logger.js";
