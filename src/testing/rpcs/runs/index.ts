export {
  authMetadataHandlers,
  dataProxyHandlers,
  identityHandlers,
  runHandlers,
  signalHandlers,
} from "./handlers.js";
