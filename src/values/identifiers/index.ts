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
export {
  executionId,
  launchPlanId,
  nodeExecutionId,
  signalId,
  taskExecutionId,
  taskId,
  workflowId,
} from "./parse.js";
export { checkNewExecutionName, findUnstorable, requireProjectId, requireScope } from "./part.js";
export { requireNamedEntityId, requireResourceId } from "./resource-ids.js";
