export {
  type CallHooks,
  type CallErrorEvent,
  hookNames,
  hooksInterceptor,
  type CallPageEvent,
  type CallRequestEvent,
  type CallResponseEvent,
  tellAll,
} from "./hooks.js";
export { type Logger, loggingHooks } from "./logger.js";
