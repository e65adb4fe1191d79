export type { FlyteState, ServerConfig, StateOptions } from "../store/index.js";
export { createState } from "../store/index.js";
export { adminHandlers } from "./handlers.js";
export type { RpcContext, RpcHandlers } from "./rpc-types.js";
export {
  authMetadataHandlers,
  dataProxyHandlers,
  identityHandlers,
  signalHandlers,
} from "./runs/index.js";
