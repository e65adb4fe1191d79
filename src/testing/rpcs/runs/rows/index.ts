export { attemptIdOf, findAttempt, requireAttempt, taskReference } from "./find-attempt.js";
export {
  executionIdOf,
  type ExecutionKey,
  findExecution,
  requireExecution,
} from "./find-execution.js";
export { findNode, nodeIdOf, requireNode } from "./find-node.js";
export { offloadLiterals } from "./offload.js";
export {
  attemptPhaseName,
  enumName,
  executionPhaseName,
  isTerminalAttemptPhase,
  isTerminalExecutionPhase,
  isTerminalNodePhase,
  knownPhaseName,
  nodePhaseName,
} from "./phases.js";
export { randomText } from "./random-text.js";
export { readLiterals, readStored } from "./read-stored.js";
export { trimErrorMessage } from "./trim-error.js";
