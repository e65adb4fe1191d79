export {
  requireExecutionId,
  requireNodeExecutionId,
  requireSignalId,
  requireTaskExecutionId,
} from "./execution-ids.js";
export { formatId } from "./format.js";
export { isRow } from "./id-fields.js";
export {
  type ExecutionIdInput,
  type IdDefaults,
  type NamedEntityIdInput,
  type NodeExecutionIdInput,
  type ResourceIdInput,
  type Scope,
  type ScopeInput,
  scopeNames,
  type SignalIdInput,
  type TaskExecutionIdInput,
  type VersionedResourceType,
} from "./inputs.js";
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
export { findUnstorable, requireProjectId } from "./part.js";
export { requireNamedEntityId, requireResourceId } from "./resource-ids.js";
export { requireScope } from "./scope.js";
