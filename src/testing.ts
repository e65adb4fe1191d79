export type { PublicClient, ServerAuth, SignInOptions } from "./testing/auth/index.js";
export type { CallWire, RecordedCall } from "./testing/calls/index.js";
export type {
  AddedFault,
  BodyFault,
  Fault,
  FaultCandidate,
  FaultEffect,
  FaultOccasion,
  FaultMatch,
  RpcName,
} from "./testing/faults/index.js";
export type { CorsOptions } from "./testing/http/index.js";
export {
  type Faults,
  InMemoryFlyteAdmin,
  type InMemoryFlyteAdminOptions,
} from "./testing/index.js";
export {
  type Claims,
  type IssuerDeviceOptions,
  FakeIssuer,
  type FakeIssuerOptions,
  type IssuerClient,
  type IssuerEndpoint,
  type IssuerFailure,
  type IssuerFailures,
  type IssuerRequest,
  type IssuerUser,
  type ListeningIssuer,
  type TokenLives,
} from "./testing/issuer/index.js";
export type { ListeningServer, ListenOptions } from "./testing/listen/index.js";
export type { AnsweredCall } from "./testing/pipeline/index.js";
export type { AuthMetadataInput, ServerConfig } from "./testing/store/index.js";
export {
  type SeedAttemptsInput,
  type SeedAttemptInput,
  type SeedExecutionInput,
  type SeedGateInput,
  literalMapBytes,
  type SeedNodeInput,
  type SeedResultInput,
  seedArchivedProject,
  seedAttempts,
  seedExecution,
  seedFailedExecution,
  seedGate,
  seedNode,
  seedTask,
  seedTree,
  seedWorkflow,
  type SeedScopeInput,
  type SeedableServer,
  type SeedTaskInput,
  type SeedTreeInput,
  type SeedWorkflowInput,
} from "./testing/states/index.js";
