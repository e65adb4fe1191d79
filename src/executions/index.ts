export {
  archiveExecutions,
  type BulkOptions,
  type BulkProgress,
  type BulkResult,
  type ExecutionsInput,
  mapConcurrent,
  type MapConcurrentOptions,
  type MapContext,
  getExecutions,
  recoverExecutions,
  type RelaunchAllInput,
  relaunchExecutions,
  terminateExecutions,
} from "./bulk/index.js";
export {
  unarchiveExecution,
  archiveExecution,
  createExecutionEvent,
  type ExecutionQuery,
  getExecution,
  getExecutionData,
  getExecutionMetrics,
  listExecutions,
  terminateExecution,
  type WorkflowExecutionEventInput,
} from "./executions.js";
export { launchAndWaitForExecution, type LaunchAndWaitOptions } from "./launch-and-wait.js";
export {
  launchExecution,
  type LaunchDataInput,
  type LaunchByPlanInput,
  type LaunchInput,
  type LaunchCommonInput,
  type LiteralsInput,
  recoverExecution,
  type RecoverInput,
  relaunchExecution,
  type RelaunchInput,
  type LaunchByTaskInput,
  type ValuesInput,
} from "./launch/index.js";
export {
  type ChildNodeExecutionQuery,
  createNodeExecutionEvent,
  getDynamicWorkflow,
  getNodeExecution,
  getNodeExecutionData,
  listChildNodeExecutions,
  listNodeExecutions,
  listNodeExecutionsForTask,
  type NodeExecutionEventInput,
  type NodeExecutionQuery,
  type TaskNodeExecutionQuery,
} from "./node-executions.js";
export type { SignalKind, SignalType, SignalValue, SignalValues } from "./signal-values.js";
export {
  approveSignal,
  getOrCreateSignal,
  listSignals,
  rejectSignal,
  setSignal,
  type SignalQuery,
} from "./signals.js";
export {
  createTaskExecutionEvent,
  getTaskExecution,
  getTaskExecutionData,
  listTaskExecutions,
  type TaskExecutionEventInput,
  type TaskExecutionQuery,
} from "./task-executions.js";
export {
  type ExecutionAttemptsOptions,
  type ExecutionAttemptsQuery,
  type ExecutionTree,
  listTaskExecutionsForExecution,
  type NodeTree,
  type TreeEntry,
  type TreeOptions,
  type TreeWalk,
  walkExecutionTree,
} from "./tree/index.js";
export {
  type ExecutionUpdate,
  type UpdatesOptions,
  waitForExecution,
  type WaitOptions,
  watchExecution,
} from "./wait/index.js";
export {
  type ExecutionWatchQuery,
  type ListWatch,
  type NodeExecutionWatchQuery,
  type TaskExecutionWatchQuery,
  type WatchEvent,
  watchExecutions,
  type WatchFailure,
  watchNodeExecutions,
  type WatchOptions,
  watchTaskExecutions,
} from "./watch/index.js";
