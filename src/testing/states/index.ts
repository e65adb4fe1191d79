export { seedArchivedProject } from "./archived-project.js";
export { type SeedAttemptsInput, type SeedAttemptInput, seedAttempts } from "./attempts.js";
export { type SeedExecutionInput, seedExecution, seedFailedExecution } from "./executions.js";
export { type SeedGateInput, seedGate } from "./gate.js";
export type { SeedScopeInput } from "./names.js";
export { type SeedNodeInput, seedNode } from "./nodes.js";
export { literalMapBytes, type SeedResultInput } from "./outcome.js";
export {
  seedTask,
  seedWorkflow,
  type SeedTaskInput,
  type SeedWorkflowInput,
} from "./registration.js";
export { seedTree, type SeedTreeInput } from "./tree.js";
export type { SeedableServer } from "./writers.js";
