export {
  authMetadataHandlers,
  dataProxyHandlers,
  identityHandlers,
  runHandlers,
  type RunRpc,
  signalHandlers,
} from "./handlers.js";
