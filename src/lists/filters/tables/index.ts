export {
  descriptionEntityColumns,
  namedEntityColumns,
  namedEntityIdentifierColumns,
  projectColumns,
  signalColumns,
} from "./catalog.js";
export { executionColumns, executionTagColumns } from "./execution.js";
export { nodeExecutionColumns } from "./node-execution.js";
export { launchPlanColumns, taskColumns, workflowColumns } from "./registered.js";
export { taskExecutionColumns } from "./task-execution.js";
