export {
  requireExecutionId,
  requireNodeExecutionId,
  requireSignalId,
  requireTaskExecutionId,
} from "./execution-ids.js";
export { formatId } from "./format.js";
export { isRow } from "./id-fields.js";
export type {
  ExecutionIdInput,
  IdDefaults,
  NamedEntityIdInput,
  NodeExecutionIdInput,
  ResourceIdInput,
  Scope,
  ScopeInput,
  SignalIdInput,
  TaskExecutionIdInput,
  VersionedResourceType,
} from "./inputs.js";
export { scopeNames } from "./inputs.js";
export { checkNewExecutionName } from "./new-execution-name.js";
export {
  executionId,
  launchPlanId,
  nodeExecutionId,
  signalId,
  taskExecutionId,
  taskId,
  workflowId,
} from "./parse.js";
export { requireProjectId } from "./part.js";
export { requireNamedEntityId, requireResourceId } from "./resource-ids.js";
export { requireScope } from "./scope.js";
