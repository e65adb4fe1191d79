export {
  authMetadataHandlers,
  dataProxyHandlers,
  identityHandlers,
  listEncoders,
  runHandlers,
  signalHandlers,
} from "./handlers.js";
