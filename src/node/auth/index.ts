export { commandToken, type CommandTokenOptions } from "./command-token.js";
export { fileTokenStorage } from "./file-token-storage.js";
export {
  type KeychainEntry,
  type KeychainOptions,
  keychainTokenStorage,
  type OpenKeychainEntry,
} from "./keychain-token-storage.js";
export { loopbackAuthorizer, type LoopbackOptions } from "./loopback-authorizer.js";
