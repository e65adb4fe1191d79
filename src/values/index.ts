export { consoleUrl, type ConsoleId, type ConsoleUrlOptions } from "./console-url.js";
export {
  checkResolvable,
  type FlyteArtifact,
  type FlyteUrl,
  formatFlyteUrl,
  parseFlyteUrl,
  resolvableUrl,
} from "./flyte-url.js";
export { toJson } from "./to-json.js";
export { isJsonObject, isJsonSchema, referencedSchema } from "./json-schema.js";
export {
  blobType,
  enumType,
  listType,
  type LiteralTypeInput,
  mapType,
  simpleType,
  type SimpleTypeName,
  structuredDatasetType,
  typedInterface,
  type TypedInterfaceInput,
  unionType,
} from "./literal-types.js";
export { latestSubAttempts, type LogLink, logsOf, type SubAttempt, subAttemptsOf } from "./logs.js";
export {
  durationMs,
  durationOf,
  type SecondsAndNanos,
  timestampDate,
  timestampMs,
  timestampOf,
} from "./times.js";
export {
  type AbortedOutcome,
  type ErrorOutcome,
  ExecutionFailedError,
  type LiteralsOutcome,
  type NodeOutcome,
  type NoneOutcome,
  type NotTerminalOutcome,
  type Outcome,
  errorKindOf,
  type ErrorKindName,
  outcomeOf,
  type OutputUriOutcome,
  unwrapOutcome,
} from "./outcome.js";
export {
  type ExecutionLike,
  type ExecutionPhaseName,
  executionPhases,
  isExecutionPhase,
  isNodeExecutionPhase,
  isTaskExecutionPhase,
  isTerminal,
  type NodeExecutionLike,
  type NodeExecutionPhaseName,
  nodeExecutionPhases,
  phaseOf,
  type TaskExecutionLike,
  type TaskExecutionPhaseName,
  taskExecutionPhases,
} from "./phases.js";
export {
  type AnyInterface,
  type LaunchPlanInterface,
  literalsToOutputs,
  type TypedLaunchPlan,
  type WorkflowInterface,
} from "./workflow-interface.js";
export { requireMessage } from "./require-message.js";
