export type {
  AbortedOutcome,
  ErrorOutcome,
  NodeOutcome,
  NoneOutcome,
  NotTerminalOutcome,
  Outcome,
  LiteralsOutcome,
  OutputUriOutcome,
} from "./outcome.js";
export { outcomeOf } from "./outcome.js";
export type {
  ExecutionLike,
  ExecutionPhaseName,
  NodeExecutionLike,
  NodeExecutionPhaseName,
  TaskExecutionLike,
  TaskExecutionPhaseName,
} from "./phases.js";
export {
  executionPhases,
  isExecutionPhase,
  isNodeExecutionPhase,
  isTaskExecutionPhase,
  isTerminal,
  nodeExecutionPhases,
  phaseOf,
  taskExecutionPhases,
} from "./phases.js";
export { ExecutionFailedError, unwrapOutcome } from "./unwrap-outcome.js";
