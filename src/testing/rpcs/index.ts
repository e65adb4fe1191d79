export type {
  BlobStore,
  FlyteState,
  ServerConfig,
  SignOptions,
  StateOptions,
} from "../store/index.js";
export { createState } from "../store/index.js";
export type { RpcContext, RpcHandlers } from "./rpc-types.js";
export {
  adminHandlers,
  authMetadataHandlers,
  dataProxyHandlers,
  identityHandlers,
  signalHandlers,
} from "./pending.js";
