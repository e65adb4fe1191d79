export {
  commandToken,
  type CommandTokenOptions,
  fileTokenStorage,
  type KeychainEntry,
  type KeychainOptions,
  keychainTokenStorage,
  loopbackAuthorizer,
  type LoopbackOptions,
  type OpenKeychainEntry,
} from "./node/auth/index.js";
export {
  type AuthType,
  type FlyteConfigInput,
  type FlyteConfigOptions,
  type Environment,
  type ExplainedSetting,
  type FlyteConfig,
  loadFlyteConfig,
} from "./node/config/index.js";
export { generateTypes, type GenerateTypesQuery } from "./codegen/index.js";
export {
  connect,
  type ConnectedAdminClient,
  type ConnectOptions,
  createNodeFetch,
  type NodeFetch,
  type NodeFetchOptions,
  type PersonOptions,
} from "./node/index.js";
export {
  fileBody,
  type SavedFile,
  type SavedOutputs,
  saveOutputs,
  type SaveOutputsOptions,
  type SaveOutputsResult,
  saveToFile,
  type SaveToFileOptions,
  type SkippedOutput,
  withSpooledBody,
} from "./node/files/index.js";
export {
  createGrpcTransport,
  type GrpcTransport,
  type GrpcTransportOptions,
  type TlsOptions,
} from "./transports/grpc/index.js";
